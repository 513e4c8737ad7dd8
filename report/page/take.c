/* Findings as they pass by: each is counted, and some are kept. */
#include <string.h>

#include "base/dn.h"
#include "base/hash.h"
#include "base/list.h"
#include "base/mem.h"
#include "report/page/parts.h"
#include "report/page/waves.h"
#include "report/proposed_text.h"
#include "report/told_key.h"

bool
page_counts(enum status s)
{
	return s == STATUS_OPEN || s == STATUS_PLANNED;
}

uint64_t
page_counted(const struct rule_tally *r)
{
	return r->by_status[STATUS_OPEN] + r->by_status[STATUS_PLANNED];
}

uint64_t
page_rule_all(const struct rule_tally *r)
{
	uint64_t n = 0;

	for (int s = 0; s < STATUS_COUNT; s++)
		n += r->by_status[s];
	return n;
}

const char *
page_kind(const char *kind, const char *class, const char *dn)
{
	if (dn && dn_mark(dn) == DN_CONFLICT)
		return "replication conflict";
	return kind ? kind : class ? class : "object";
}

struct found_object *
page_found(struct report_page *p, uint64_t key)
{
	size_t at = 0;
	long i;

	while ((i = slim_index_next(&p->found_by_key, key, &at)) >= 0)
		if (p->found[i].half == (uint32_t)key)
			return &p->found[i];
	return NULL;
}

static struct found_object *
found_of(struct report_page *p, const struct finding *f)
{
	uint64_t key = told_key(f->guid, f->dn, f->object);
	struct found_object *o = page_found(p, key);

	if (o)
		return o;
	slim_index_add(&p->found_by_key, key, p->found_count);
	LIST_RESERVE_BY_HALF(p->found, p->found_room, p->found_count + 1);
	o = &p->found[p->found_count++];
	*o = (struct found_object){
		.half = (uint32_t)key,
		.place = tree_of(&p->places, f->dn, f->domain),
		.kind = names_add(&p->kinds, page_kind(f->kind, f->class,
		                  f->dn), &p->texts),
	};
	return o;
}

/* ---- what is counted ---- */

static enum row_age
age_of(const struct report_page *p, const struct finding *f)
{
	when_t seen = WHEN_NONE, again = WHEN_NONE;

	if (!p->f->baseline.is || !f->first_seen)
		return ROW_STILL;
	if (f->reopened && when_from_iso(&again, f->reopened) == 0 &&
	    again == p->f->as_of)
		return ROW_REOPENED;
	if (when_from_iso(&seen, f->first_seen) < 0 || seen != p->f->as_of)
		return ROW_STILL;
	return ROW_NEW;
}

static uint32_t
cause_of(const struct report_page *p, const struct finding *f)
{
	size_t at = HASH_INDEX_FIRST;
	long i = f->cause ? hash_index_next(&p->causes_by_id,
	                                    hash_text(f->cause), &at) : -1;

	return i < 0 ? (uint32_t)p->causes.count : (uint32_t)i;
}

/* Where it is changed: AUTHORITY_COUNT where it is not told. */
static uint32_t
where_of(const struct finding *f)
{
	int a = f->authority ? authority_parse(f->authority) : -1;

	return a < 0 ? AUTHORITY_COUNT : (uint32_t)a;
}

static void
fill_sides(const struct report_page *p, const struct finding *f,
           const struct found_object *o, uint32_t sides[CUBE_SIDES])
{
	/* One that the manifest has: the view refuses others before. */
	sides[SIDE_RULE] = (uint32_t)findings_rule_number(p->f, f->rule);
	sides[SIDE_CAUSE] = cause_of(p, f);
	sides[SIDE_SEVERITY] = f->severity;
	sides[SIDE_STATUS] = f->status;
	sides[SIDE_AGE] = age_of(p, f);
	sides[SIDE_KIND] = o->kind;
	sides[SIDE_PLACE] = o->place;
	sides[SIDE_WHERE] = where_of(f);
}

/* Objects stand one behind the other. */
static void
count_rule(struct report_page *p, const uint32_t *sides, uint32_t object)
{
	struct rule_tally *r = &p->rules[sides[SIDE_RULE]];
	enum status s = (enum status)sides[SIDE_STATUS];

	r->by_status[s]++;
	r->by_age[sides[SIDE_AGE]]++;
	if (!page_counts(s))
		return;
	r->objects += r->last_object != object + 1;
	r->last_object = object + 1;
	if (sides[SIDE_SEVERITY] < r->worst)
		r->worst = (enum severity)sides[SIDE_SEVERITY];
}

static void
count(struct report_page *p, const uint32_t *sides, struct found_object *o)
{
	p->by_status[sides[SIDE_STATUS]]++;
	p->by_age[sides[SIDE_AGE]]++;
	count_rule(p, sides, (uint32_t)(o - p->found));
	p->places.items[o->place].weight++;
	if (!page_counts((enum status)sides[SIDE_STATUS]))
		return;
	p->counted[sides[SIDE_SEVERITY]]++;
	o->open[sides[SIDE_SEVERITY]]++;
}

/* ---- changes ---- */

static struct change_count *
change_at(struct report_page *p, uint64_t key, uint32_t *number)
{
	size_t at = 0;
	long i;

	while ((i = slim_index_next(&p->changes_by_key, key, &at)) >= 0 &&
	       p->changes[i].half != (uint32_t)key)
		;
	if (i < 0) {
		i = (long)p->change_count;
		slim_index_add(&p->changes_by_key, key, p->change_count);
		LIST_RESERVE_BY_HALF(p->changes, p->change_room,
		                     p->change_count + 1);
		p->changes[p->change_count++] = (struct change_count){
			.half = (uint32_t)key, .severity = SEVERITY_COUNT,
		};
	}
	*number = (uint32_t)i;
	return &p->changes[i];
}

/* The worst finding names it; of these the first that has a value. */
static uint32_t
count_change(struct report_page *p, const struct finding *f, uint32_t object,
             uint32_t cell)
{
	bool has_value = f->proposed.attribute != NULL;
	uint32_t number = ROW_NO_CHANGE;
	struct change_count *c;

	if (!f->change || !page_counts(f->status))
		return ROW_NO_CHANGE;
	c = change_at(p, hash_text(f->change), &number);
	c->objects += !c->findings++ || c->last_object != object;
	c->last_object = object;
	if (f->severity > c->severity ||
	    (f->severity == c->severity && (c->has_value || !has_value)))
		return number;
	c->severity = (unsigned char)f->severity;
	c->has_value = has_value;
	c->first = (uint32_t)p->number;
	c->cell = cell;
	return number;
}

/* ---- what is kept ---- */

/* Names of the others that it speaks of, a line each. */
static void
put_others(struct buf *out, const struct finding *f)
{
	for (size_t i = 0; i < f->related_count; i++) {
		const char *name = f->related[i].name;

		if (!name)
			continue;
		buf_adds(out, out->len ? "\n" : "");
		for (; *name; name++)
			buf_addc(out, *name == '\n' ? ' ' : *name);
	}
}

static struct page_row *
make_row(const struct report_page *p, const struct finding *f,
         const uint32_t *sides)
{
	const struct proposed *q = &f->proposed;
	bool plain = q->new && !q->and && f->attribute &&
	             strcmp(q->attribute, f->attribute) == 0;
	struct buf words = { 0 }, others = { 0 };
	struct row_extra x = { .proposed = plain ? q->new : NULL };
	struct page_row *row;

	if (!plain)
		proposed_text(&words, f);
	x.expected = plain ? NULL : words.len ? words.data : f->expected;
	put_others(&others, f);
	x.others = others.data;
	row = row_new(f, &x);
	memcpy(row->sides, sides, sizeof(row->sides));
	row->number = p->number;
	buf_release(&words);
	buf_release(&others);
	return row;
}

/* What its own list has no room for is one of the rest. */
static void
keep(struct report_page *p, const struct finding *f, const uint32_t *sides,
     uint32_t object, uint32_t change)
{
	struct row_pick *own = f->status == STATUS_OPEN
		? &p->by_rule[sides[SIDE_RULE]] : &p->waived;
	struct page_row *row;

	if (!row_pick_wants(own, f->severity) &&
	    !row_pick_wants(&p->rest, f->severity))
		return;
	row = make_row(p, f, sides);
	row->object = object;
	row->change = change;
	row = row_pick_take(own, row);
	if (row)
		row = row_pick_take(&p->rest, row);
	row_free(row);
}

void
page_take(struct view_taker *t, const struct finding *f)
{
	struct report_page *p = (struct report_page *)t;
	struct found_object *o = found_of(p, f);
	uint32_t object = (uint32_t)(o - p->found), change;
	uint32_t sides[CUBE_SIDES];
	size_t cell;

	fill_sides(p, f, o, sides);
	cell = cube_add(&p->findings, sides);
	count(p, sides, o);
	change = count_change(p, f, object, (uint32_t)cell);
	keep(p, f, sides, object, change);
	if (p->waves)
		waves_take(p->waves, f, sides[SIDE_CAUSE], change);
	if (page_counts(f->status) || f->deadline.kind == DEADLINE_WAIVER)
		deadlines_add(&p->deadlines, f, p->f->as_of, &p->texts);
	p->crossing += f->other_forest != NULL;
	p->number++;
}

struct page_row *
page_row_at(const struct report_page *p, size_t list, size_t at)
{
	const struct row_pick *pick = list < p->f->rule_count
		? &p->by_rule[list] : list == p->f->rule_count ? &p->waived
		: &p->rest;

	return at < pick->count ? row_pick_get(pick, at) : NULL;
}

bool
page_names_change(const struct report_page *p, const struct page_row *row)
{
	return row->change != ROW_NO_CHANGE &&
	       p->changes[row->change].first == row->number;
}

/* What came later than it had room for. */
static void
trim_rest(struct report_page *p)
{
	size_t kept = p->waived.count + p->rest.count;

	for (size_t i = 0; i < p->f->rule_count; i++)
		kept += p->by_rule[i].count;
	for (int s = SEVERITY_COUNT - 1; s >= 0; s--) {
		struct row_list *l = &p->rest.of[s];

		for (; kept > PAGE_ROWS && l->count; kept--, p->rest.count--)
			row_free(l->items[--l->count]);
	}
}

void
page_take_end(struct report_page *p)
{
	trim_rest(p);
	slim_index_release(&p->changes_by_key);
	slim_index_release(&p->findings.by_sides);
	LIST_TRIM(p->findings.cells, p->findings.room, p->findings.count);
	LIST_TRIM(p->found, p->found_room, p->found_count);
	LIST_TRIM(p->changes, p->change_room, p->change_count);
	mem_give_back();
	for (size_t i = 0; i < p->change_count; i++)
		p->findings.cells[p->changes[i].cell].more++;
}
