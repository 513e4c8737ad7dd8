/* What a JSON file has, what it lost, and what it does not say. */
#include "collect/import/json_tell.h"

#include <stdlib.h>

#include "base/mem.h"
#include "base/record.h"
#include "collect/import/record_label.h"
#include "collect/schema/schema.h"

/* Which context an empty list of deleted users is known by. */
#define DELETED_CONTEXT \
	"\"...$metadata#directory/deletedItems/microsoft.graph.user\""

void
json_file_tell_empty(struct json_file *f, uint64_t line,
                     const char *context)
{
	char *note = xasprintf("%s:%llu: the answer is empty and does not say "
		"of what it is%s%s%s; an empty list of deleted users is known "
		"by its @odata.context, " DELETED_CONTEXT, f->name,
		(unsigned long long)line, context ? " (@odata.context " : "",
		context ? context : "", context ? ")" : "");

	f->any = true;
	f->sink->note(f->sink, note);
	free(note);
}

void
json_file_lost(struct json_file *f, enum section s, const char *attribute,
               enum json_loss loss, const struct split_piece *p)
{
	char *text;

	/* What nobody reads costs nothing. */
	if (!reads_has(s, attribute))
		return;
	if (!name_set_has(&f->lost, attribute))
		name_set_add(&f->lost, attribute);
	text = xasprintf("in JSON its values %s", json_loss_text(loss));
	f->sink->lack(f->sink, s, attribute, text);
	free(text);
	if (name_set_has(&f->told, attribute))
		return;
	name_set_add(&f->told, attribute);
	text = xasprintf("%s:%llu: %s of \"%.100s\": the values %s; export "
	                 "again with ConvertTo-Json -Depth 5", f->name,
	                 (unsigned long long)p->line, attribute,
	                 record_label(f->raw), json_loss_text(loss));
	f->sink->note(f->sink, text);
	free(text);
}

static void
tell_no_users(struct json_file *f)
{
	char *note = xasprintf("%s:%llu: the list of users is empty, and the "
		"tenant is taken to have none; do not give it if it was "
		"filtered, or is of deleted users, whose empty list is known "
		"by its @odata.context, " DELETED_CONTEXT, f->name,
		(unsigned long long)f->empty_users);

	f->sink->note(f->sink, note);
	free(note);
}

/* What only an export of all attributes has shows that it is one. */
static enum cover
cover_of(const struct json_file *f, const struct json_keys *k)
{
	const char *const *sign = f->dialect->whole;

	if (!sign || json_keys_lost_any(k))
		return COVER_LISTED;
	for (; *sign; sign++)
		if (!name_set_has(&k->covered, *sign))
			return COVER_LISTED;
	return COVER_ALL;
}

static void
tell_members(struct json_file *f, enum section s)
{
	char *why = xasprintf("%s is of directoryObjects, which are members "
	                      "of a group or the like, and not all there are",
	                      f->name);

	f->sink->partial(f->sink, s, why);
	free(why);
}

static void
tell_section(struct json_file *f, enum section s)
{
	struct json_keys *k = &f->keys[s];

	if (k->objects) {
		json_keys_settle(k);
		f->sink->cover(f->sink, s, cover_of(f, k),
		               (const char *const *)k->covered.names,
		               k->covered.count);
	}
	if (s == TENANT_USERS && f->empty_users && !k->objects)
		tell_no_users(f);
	/* Graph calls a list of deleted users so, too. */
	if (f->members && k->objects && s != TENANT_DELETED_USERS)
		tell_members(f, s);
	if (f->failed && f->asked[s])
		f->sink->partial(f->sink, s, f->failed);
}

void
json_file_tell(struct json_file *f)
{
	for (int s = 0; s < SECTION_COUNT; s++)
		tell_section(f, (enum section)s);
	if (!f->any)
		json_file_tell_empty(f, 1, NULL);
}
