/* From picked members to objects, by the table of attributes. */
#include "analyze/object/object.h"

#include <stddef.h>

#include "analyze/object/attr_row.h"
#include "analyze/object/syntax_read.h"
#include "base/mem.h"
#include "base/utf8.h"

_Static_assert((int)ATTR_LACKS < (int)PICK_NAMES_MAX,
               "a picker takes no more names");

const struct attr_row attr_rows[ATTR_COUNT] = {
#define ROW(id, syntax_id, member, no, from, ...) \
	[ATTR_##id] = { .attr = ATTR_##id, \
	                .syntax = &syntaxes[SYNTAX_##syntax_id], \
	                .offset = offsetof(struct object, member), \
	                .why = no, .giver = from, .name = { __VA_ARGS__ } },
	ATTRIBUTES(ROW)
#undef ROW
};

enum form
section_form(enum section s)
{
	if (s == AD_MAILBOXES)
		return FORM_AD_RECIPIENT;
	if (s == TENANT_MAILBOXES)
		return FORM_TENANT_RECIPIENT;
	return (enum form)section_side(s);
}

const char *
attr_name(enum side side, enum attr attr)
{
	return attr_rows[attr].name[side];
}

size_t
attr_names(const struct wanted *w, enum form form,
           const char *names[PICK_NAMES_MAX])
{
	size_t custom = form == FORM_AD ? w->custom_count : 0;

	for (size_t i = 0; i < ATTR_LACKS; i++)
		names[i] = NULL;
	for (size_t i = 0; i < ATTR_COUNT; i++)
		names[i] = i != ATTR_PLANS || w->plans
			? attr_rows[i].name[form] : NULL;
	/* Behind them come those that the policy's filters name. */
	for (size_t i = 0; i < custom; i++)
		names[ATTR_CUSTOM + i] = w->custom[i];
	names[ATTR_LACKS] = RECORD_LACKS;
	return ATTR_LACKS + 1;
}

/* Of several values the first; numbers and flags as JSON has them. */
static void
take_custom(const struct mapped *m, const char **to)
{
	const char *text = m->pick->kind == PICK_JSON ? pick_json(m->pick)
	                                              : pick_text(m->pick);

	if (text && !*to)
		*to = m->keep ? arena_strdup(m->arena, text) : text;
}

void
object_init(struct object *o, enum section s)
{
	*o = (struct object){
		.side = section_side(s), .kind = section_kind(s), .section = s,
		.ad.password_set = WHEN_NONE,
		.ad.expires = WHEN_NONE, .ad.last_logon = WHEN_NONE,
		.tenant.deleted_when = WHEN_NONE,
		.tenant.created_when = WHEN_NONE,
		.tenant.password_changed = WHEN_NONE,
		.tenant.last_sync = WHEN_NONE, .ad.changed = WHEN_NONE,
		.ad.created = WHEN_NONE, .ad.place_then = WHEN_NONE,
		.ad.display_type = DISPLAY_TYPE_NONE,
	};
}

/*
 * Of what the line lost, the object has what another line BEFORE said, or it is
 * not known.
 */
static void
take_lacks(struct mapped *m, const struct attr_set *before)
{
	size_t n = pick_count(m->pick);
	const char **names = arena_alloc(m->arena, n * sizeof(*names) + 1);

	n = pick_texts(m->pick, names);
	for (size_t i = 0; i < n; i++)
		for (size_t a = 0; a < ATTR_COUNT; a++) {
			const char *name = attr_rows[a].name[m->form];

			if (!name || ascii_casecmp(name, names[i]) != 0 ||
			    attr_set_has(before, (unsigned)a))
				continue;
			attr_set_add(&m->o->unclear, (unsigned)a);
			attr_set_remove(&m->o->have, (unsigned)a);
		}
}

/* The value of the name number I. */
static inline void
take(struct mapped *m, const struct pick *pick, size_t i)
{
	struct attr_set *unclear = &m->o->unclear;
	const struct attr_row *row;

	m->pick = pick;
	if (i == ATTR_LACKS)
		return;
	if (i >= ATTR_CUSTOM) {
		take_custom(m, &m->o->ad.custom[i - ATTR_CUSTOM]);
		return;
	}
	row = &attr_rows[i];
	if (row->syntax->read(m, row->offset) < 0) {
		/* Another line may have said it. */
		if (!attr_set_has(&m->o->have, row->attr))
			attr_set_add(unclear, row->attr);
		return;
	}
	if (attr_set_has(unclear, row->attr) && pick->kind == PICK_NULL)
		return;
	attr_set_remove(unclear, row->attr);
	attr_set_add(&m->o->have, row->attr);
}

/* msExchRecipientTypeDetails of the two, where the class lacks. */
static void
settle_kind(struct object *o)
{
	if (o->kind != KIND_OTHER)
		return;
	if (o->ad.recipient_type == 0x1000)
		o->kind = KIND_FOLDER;
	else if (o->ad.recipient_type == 0x800)
		o->kind = KIND_DYNAMIC_GROUP;
}

static uint64_t
sealed_word(const struct object *o, size_t w)
{
	return w < ATTR_SET_WORDS ? o->sealed.words[w] : 0;
}

void
attr_map(struct object *o, enum form form, const struct picked *line,
         struct arena *a)
{
	struct mapped m = {
		.o = o, .form = form, .arena = a, .keep = line->odd,
	};
	struct attr_set before = o->have;

	for (size_t w = 0; w < PICK_WORDS; w++)
		for (uint64_t left = line->present[w] & ~sealed_word(o, w);
		     left; left &= left - 1) {
			size_t i = w * 64 + (size_t)__builtin_ctzll(left);

			take(&m, &line->at[i], i);
		}
	if (picked_has(line, ATTR_LACKS)) {
		attr_set_join(&before, &o->sealed);
		m.pick = &line->at[ATTR_LACKS];
		take_lacks(&m, &before);
	}
	settle_kind(o);
}
