/* Takes the behavior of objects apart; see sync_behavior.h. */
#include "collect/import/sync_behavior.h"

#include <stdbool.h>
#include <string.h>

#include "base/json.h"
#include "base/record.h"
#include "collect/import/json_columns.h"
#include "collect/import/json_file.h"
#include "collect/schema/schema.h"

/* Whose it is, as the collector of live tenants says. */
static const char *const owners[SECTION_COUNT] = {
	[TENANT_USERS] = "user",
	[TENANT_GROUPS] = "group",
	[TENANT_CONTACTS] = "orgContact",
};

/* Files are of some objects, and nothing tells of which others. */
static void
tell_part(struct json_file *f)
{
	f->sink->partial(f->sink, TENANT_SYNC_BEHAVIOR, "files have it of the "
	                 "objects that they name; who holds authority over "
	                 "others is not known");
}

static void
put_managed(struct record *to, enum section s, const char *id,
            const struct record *from, size_t managed)
{
	record_add_text(to, "id", id);
	record_add_text(to, "type", owners[s]);
	json_columns_copy(to, "isCloudManaged", from, managed);
}

/* A script may have laid what it asked for beside the object's own. */
static bool
read_beside(struct record *to, const struct json_file *f, enum section s,
            const char *id)
{
	long managed = owners[s] ? record_find(f->raw, "isCloudManaged") : -1;

	if (managed < 0 || !id)
		return false;
	put_managed(to, s, id, f->raw, (size_t)managed);
	return true;
}

/* What was expanded, as an object of its own in TO. */
static bool
read_expanded(struct record *to, const struct json_file *f, enum section s,
              const char *id)
{
	long at = owners[s] ? record_find(f->raw, SYNC_BEHAVIOR) : -1;
	struct record *inner;
	struct json_error e;
	struct value v;
	long managed = -1;

	if (at < 0 || !record_values(f->raw, (size_t)at))
		return false;
	v = record_value(f->raw, (size_t)at, 0);
	inner = record_new();
	if (v.kind == VALUE_JSON && *v.data == '{' &&
	    json_read_record(v.data, v.len, inner, &e) == 0)
		managed = record_find(inner, "isCloudManaged");
	if (managed >= 0)
		put_managed(to, s, id, inner, (size_t)managed);
	record_free(inner);
	return managed >= 0;
}

enum json_taken
sync_behavior_put(struct json_file *f, enum section s, const struct record *r,
                  const struct split_piece *p, struct err *err)
{
	struct record *of = record_new();
	const char *id = record_text(r, "id");
	bool is = read_expanded(of, f, s, id) || read_beside(of, f, s, id);
	enum json_taken taken = json_file_put(f, s, r, p, err);

	if (is && taken == JSON_TAKEN) {
		taken = json_file_put(f, TENANT_SYNC_BEHAVIOR, of, p, err);
		/* The page is of the objects themselves. */
		f->page.objects--;
		f->page.met = s;
	}
	if (taken == JSON_TAKEN && (is || s == TENANT_SYNC_BEHAVIOR))
		tell_part(f);
	record_free(of);
	return taken;
}
