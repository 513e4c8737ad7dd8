/* What the manifest says of how far attributes were asked for. */
#include "collect/snapshot/asking.h"

#include <stdlib.h>

#include "base/buf.h"
#include "base/json.h"
#include "base/list.h"
#include "base/mem.h"
#include "collect/snapshot/snapshot.h"

const char *
asked_by_name(enum asked_by e)
{
	static const char *const names[ASKED_BY_COUNT] = {
		[ASKED_BY_COLUMNS] = "a column of the header",
		[ASKED_BY_REQUEST] = "named in the search's own comments",
		[ASKED_BY_EVERYTHING] = "every attribute that is set",
		[ASKED_BY_WORD] = "said by an option",
		[ASKED_BY_VALUES] = "has values",
		[ASKED_BY_CONTEXT] = "named in @odata.context",
		[ASKED_BY_KIN] = "others of its kind have values",
		[ASKED_BY_ANSWER] = "Graph gives it only when it is asked for",
		[ASKED_BY_UNSYNCED] = "nothing is synchronized",
	};

	return names[e];
}

static void
add_row(struct manifest_section *m, const char *attribute, unsigned seen)
{
	if (!seen)
		return;
	LIST_RESERVE(m->evidence, m->evidence_room, m->evidence_count + 1);
	m->evidence[m->evidence_count++] = (struct evidence_row){
		attribute, seen
	};
}

void
asking_settle(struct manifest_section *m, const struct coverage *c,
              enum section s)
{
	m->all_attributes = coverage_is_all(c);
	if (!m->all_attributes)
		coverage_names(c, &m->attributes);
	coverage_partly(c, s, &m->partly);
	add_row(m, NULL, c->all_evidence);
	for (size_t i = 0; c->evidence && i < reads_count(); i++)
		add_row(m, reads_at(i)->name, c->evidence[i]);
}

/* NULL when the analysis reads none of them. */
static char *
lack_text(const struct lack_list *l, enum section s)
{
	struct buf out = { 0 };

	for (size_t i = 0; i < l->count; i++) {
		const struct lack *one = &l->items[i];

		if (!reads_has(s, one->attribute))
			continue;
		buf_addf(&out, "%s%s in %llu object%s (%s)",
		         out.len ? ", " : "values lack of ", one->attribute,
		         (unsigned long long)one->objects,
		         one->objects == 1 ? "" : "s", one->reason);
	}
	return out.len ? buf_detach(&out) : NULL;
}

void
asking_settle_lacks(struct manifest_section *m, enum section s)
{
	char *reason = m->state == SECTION_COMPLETE
		? lack_text(&m->lacks, s) : NULL;

	if (!reason)
		return;
	m->state = SECTION_PARTIAL;
	m->all_objects = true;
	m->reason = reason;
}

struct snapshot_asking
asking_of(const struct manifest_section *m, const char *attribute)
{
	const struct partly *p;

	if (m->all_attributes || name_set_has(&m->attributes, attribute))
		return (struct snapshot_asking){ .asked = ASKING_ALL };
	p = partly_find(&m->partly, attribute);
	if (!p)
		return (struct snapshot_asking){ .asked = ASKING_NONE };
	return (struct snapshot_asking){
		.asked = ASKING_PARTLY, .without = p->without,
		.inputs = p->inputs,
	};
}

static void
names_to_json(struct json *list, const struct manifest_section *s,
              enum asked_by e)
{
	struct json *o = NULL, *names = NULL;

	for (size_t i = 0; i < s->evidence_count; i++) {
		const struct evidence_row *r = &s->evidence[i];

		if (!(r->seen >> e & 1))
			continue;
		if (!o) {
			o = json_add_object(list, NULL);
			json_add_text(o, "evidence", asked_by_name(e));
		}
		if (!r->attribute) {
			json_add_text(o, "attributes", "all");
			return;
		}
		if (!names)
			names = json_add_array(o, "attributes");
		json_add_text(names, NULL, r->attribute);
	}
}

void
asking_to_json(struct json *section, const struct manifest_section *s)
{
	struct json *list;

	if (s->partly.count) {
		list = json_add_array(section, "partly");
		for (size_t i = 0; i < s->partly.count; i++) {
			struct json *o = json_add_object(list, NULL);

			json_add_text(o, "attribute",
			              s->partly.items[i].attribute);
			json_add_count(o, "inputs",
			               s->partly.items[i].inputs);
			json_add_text(o, "without",
			              s->partly.items[i].without);
		}
	}
	if (!s->evidence_count)
		return;
	list = json_add_array(section, "evidence");
	for (int e = 0; e < ASKED_BY_COUNT; e++)
		names_to_json(list, s, (enum asked_by)e);
}

int
asking_from_json(struct manifest_section *s, const struct json *j)
{
	for (j = json_first(j); j; j = json_next(j)) {
		const char *attribute = json_string(json_get(j, "attribute"));
		const char *without = json_string(json_get(j, "without"));
		double inputs = json_number(json_get(j, "inputs"));

		if (!attribute || !without || !(inputs >= 1 && inputs < 1e9))
			return -1;
		partly_add(&s->partly, attribute, without, (uint64_t)inputs);
	}
	return 0;
}

void
asking_release(struct manifest_section *s)
{
	partly_release(&s->partly);
	free(s->evidence);
}
