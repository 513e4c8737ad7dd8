/* Objects that more than one line tells of. */
#include "analyze/load/supplement.h"

#include <stdlib.h>
#include <string.h>

#include "analyze/model/model.h"
#include "analyze/object/object.h"
#include "analyze/scope/scope.h"
#include "base/dn.h"
#include "base/guid.h"
#include "base/list.h"

/* A row and an earlier one that may be the same object. */
struct repeat {
	uint32_t row, first;
};

struct repeats {
	struct key_runs runs;
	struct repeat *items;
	size_t count, room;
};

static void
add_run(struct key_runs *r, const struct key *first, size_t n)
{
	struct repeats *p = (struct repeats *)r;

	for (size_t i = 1; i < n; i++) {
		LIST_RESERVE(p->items, p->room, p->count + 1);
		p->items[p->count++] = (struct repeat){ first[i].row,
		                                        first[0].row };
	}
}

static int
by_row(const void *a, const void *b)
{
	const struct repeat *x = a, *y = b;

	return x->row < y->row ? -1 : x->row > y->row;
}

/* What one line says, without those that complete it. */
static int
own_line(struct fetch *f, enum section s, uint32_t row, struct arena *a,
         struct object *o, struct err *err)
{
	const struct table *t = fetch_table(f, s);

	object_init(o, s);
	return fetch_line(f, t, s, t->rows[row].place, t->rows[row].wanted, a,
	                  o, err);
}

/* Account names are nobody's alone: several domains may have one. */
static bool
is_one(const struct object *a, const struct object *b)
{
	if (a->dn && b->dn)
		return dn_same(a->dn, b->dn);
	return a->ad.sid && b->ad.sid && object_may_be_one(a, b);
}

/* Whether the two are one object, by their text. */
static int
same_object(struct fetch *f, enum section s, struct repeat p, bool *same,
            struct err *err)
{
	const struct row *rows = fetch_table(f, s)->rows;
	struct arena scratch = { 0 };
	struct object a, b;
	int rc;

	if (section_side(s) == SIDE_AD && rows[p.first].has_guid &&
	    rows[p.row].has_guid) {
		*same = memcmp(&rows[p.first].guid, &rows[p.row].guid,
		               sizeof(struct guid)) == 0;
		return 0;
	}
	rc = own_line(f, s, p.first, &scratch, &a, err);
	if (rc == 0)
		rc = own_line(f, s, p.row, &scratch, &b, err);
	if (rc == 0)
		*same = section_side(s) == SIDE_AD
			? is_one(&a, &b)
			: memcmp(&a.guid, &b.guid, sizeof(a.guid)) == 0;
	arena_release(&scratch);
	return rc;
}

static void
free_claims(struct model *m, enum section s, struct row *r)
{
	if (section_side(s) != SIDE_AD)
		return;
	if (r->twin)
		m->tables[section_twin(s)].rows[r->twin - 1].twin = 0;
	if (r->deleted && !r->former)
		m->tables[TENANT_DELETED_USERS].rows[r->deleted - 1].twin = 0;
	r->twin = r->deleted = 0;
	r->former = false;
}

static void
merge(struct model *m, enum section s, struct repeat p)
{
	struct table *t = &m->tables[s];
	struct row *r = &t->rows[p.row];

	if (t->rows[p.first].merged)
		p.first = t->rows[p.first].twin - 1;
	if (r->merged)
		return;
	free_claims(m, s, r);
	if (section_side(s) == SIDE_AD && !t->rows[p.first].has_guid) {
		t->rows[p.first].guid = r->guid;
		t->rows[p.first].has_guid = r->has_guid;
	}
	r->merged = true;
	r->twin = p.first + 1;
	t->merged++;
	model_supplement(m, (struct supplement){
		.owner = s, .row = p.first, .section = s, .place = r->place,
		.wanted = r->wanted,
	});
}

/* Going through a section once more, for its DNs and SIDs. */
struct names {
	struct scan scan;
	struct keys keys;
	struct key_list *lanes;
	uint32_t *counts;            /* lines in each lane's piece */
	size_t rows;
};

static int
note_name(struct scan *s, unsigned lane, struct object *o,
          const struct seen *at)
{
	struct names *n = (struct names *)s;
	struct containers *cs = fetch_containers(s->lanes[lane].fetch);
	const uint64_t hashes[] = {
		o->dn ? container_dn_hash(cs, o->dn) : 0,
		o->ad.sid ? hash_bytes(o->ad.sid, o->ad.sid_len) : 0,
	};

	(void)at;
	for (size_t i = 0; i < 2; i++)
		if (hashes[i])
			key_list_add(&n->lanes[lane], (struct key){
				.hash = hashes[i], .row = n->counts[lane] });
	n->counts[lane]++;
	return 0;
}

static void
take_names(struct scan *s, unsigned lane, size_t piece)
{
	struct names *n = (struct names *)s;

	(void)piece;
	keys_take(&n->keys, &n->lanes[lane], n->rows);
	n->rows += n->counts[lane];
	n->counts[lane] = 0;
}

/* Adds the rows of equal DNs, and of equal SIDs. */
static int
add_names(struct registry *g, enum section s, struct repeats *p,
          struct err *err)
{
	unsigned lanes = crew_lanes(g->m->jobs);
	struct names n = {
		.scan = { .m = g->m, .table = &g->m->tables[s], .section = s,
		          .each = note_name, .take = take_names },
		.lanes = xcalloc(lanes, sizeof(*n.lanes)),
		.counts = xcalloc(lanes, sizeof(*n.counts)),
	};
	int rc = scan_run(&n.scan, err);

	if (rc == 0) {
		keys_build(&n.keys, g->m->jobs);
		keys_runs(&n.keys, &p->runs);
	}
	for (unsigned i = 0; i < lanes; i++)
		key_list_release(&n.lanes[i]);
	keys_release(&n.keys);
	free(n.lanes);
	free(n.counts);
	return rc;
}

/* These matter only where an object has no GUID, which is seldom. */
static bool
lacks_guids(const struct registry *g, enum section s)
{
	return section_side(s) == SIDE_AD &&
	       g->ids[s].count < g->m->tables[s].count;
}

int
supplement_twice(struct registry *g, enum section s, struct err *err)
{
	struct repeats p = { .runs = { add_run } };
	struct fetch *f;
	int rc = 0;

	keys_build(&g->ids[s], g->m->jobs);
	keys_runs(&g->ids[s], &p.runs);
	if (lacks_guids(g, s))
		rc = add_names(g, s, &p, err);
	if (p.count)
		qsort(p.items, p.count, sizeof(*p.items), by_row);
	f = fetch_new(g->m);
	for (size_t i = 0; i < p.count && rc == 0; i++) {
		bool same = false;

		rc = same_object(f, s, p.items[i], &same, err);
		if (rc == 0 && same)
			merge(g->m, s, p.items[i]);
	}
	fetch_free(f);
	free(p.items);
	return rc;
}

/* Going through recipients. */
struct recipient_lane {
	struct supplement *items;
	struct row *rows;            /* of those that are nobody's */
	size_t count, row_count, room;
};

struct recipients {
	struct scan scan;
	struct registry *g;
	struct recipient_lane *lanes;
};

/* The object that has the GUID, in any section of the side. */
static int
find_owner(struct recipients *r, struct fetch *f, const struct guid *guid,
           struct supplement *out, struct err *err)
{
	uint64_t hash = hash_bytes(guid, sizeof(*guid));

	for (int s = 0; s < SECTION_COUNT; s++) {
		const struct key *end, *k = keys_find(&r->g->ids[s], hash,
		                                      &end);

		if (section_side((enum section)s) !=
		    section_side(r->scan.section))
			continue;
		for (; k < end; k++) {
			struct arena scratch = { 0 };
			struct object o;
			int rc;

			if (k->hash != hash)
				continue;
			rc = own_line(f, (enum section)s, k->row, &scratch,
			              &o, err);
			arena_release(&scratch);
			if (rc < 0)
				return -1;
			if (memcmp(&o.guid, guid, sizeof(*guid)) != 0)
				continue;
			out->owner = (enum section)s;
			out->row = k->row;
			return 0;
		}
	}
	return 0;
}

static int
each(struct scan *s, unsigned lane, struct object *o, const struct seen *at)
{
	struct recipients *r = (struct recipients *)s;
	struct recipient_lane *l = &r->lanes[lane];
	struct supplement x = {
		.owner = SECTION_COUNT, .section = s->section,
		.place = at->place, .wanted = at->wanted,
	};

	if (o->has_guid && find_owner(r, s->lanes[lane].fetch, &o->guid, &x,
	                              &s->lanes[lane].err) < 0)
		return -1;
	if (l->count + l->row_count >= l->room) {
		l->room = list_room(l->room, l->room + 1);
		LIST_RESIZE(l->items, l->room);
		LIST_RESIZE(l->rows, l->room);
	}
	if (x.owner != SECTION_COUNT)
		l->items[l->count++] = x;
	else if (section_side(s->section) == SIDE_TENANT && at->wanted)
		l->rows[l->row_count++] = (struct row){
			.place = at->place, .wanted = at->wanted,
			.suspect = true,
		};
	return 0;
}

static void
take(struct scan *s, unsigned lane, size_t piece)
{
	struct recipients *r = (struct recipients *)s;
	struct recipient_lane *l = &r->lanes[lane];
	struct table *t = &r->g->m->tables[s->section];

	t->piece_rows[piece] = (uint32_t)t->count;
	for (size_t i = 0; i < l->count; i++) {
		struct supplement x = l->items[i];

		if (r->g->m->tables[x.owner].rows[x.row].merged)
			x.row = r->g->m->tables[x.owner].rows[x.row].twin - 1;
		model_supplement(r->g->m, x);
	}
	LIST_RESERVE_BY_HALF(t->rows, t->room, t->count + l->row_count);
	if (l->row_count)
		memcpy(t->rows + t->count, l->rows,
		       l->row_count * sizeof(*l->rows));
	t->count += l->row_count;
	l->count = l->row_count = 0;
}

int
supplement_recipients(struct registry *g, enum section s, struct err *err)
{
	struct table *t = &g->m->tables[s];
	struct recipients r = {
		.scan = { .m = g->m, .table = t, .section = s, .each = each,
		          .take = take }, .g = g,
	};
	unsigned n = crew_lanes(g->m->jobs);
	int rc;

	if (!t->file_count)
		return 0;
	t->piece_rows = xcalloc(t->pieces + 1, sizeof(*t->piece_rows));
	r.lanes = xcalloc(n, sizeof(*r.lanes));
	rc = scan_run(&r.scan, err);
	t->piece_rows[t->pieces] = (uint32_t)t->count;
	for (unsigned i = 0; i < n; i++) {
		free(r.lanes[i].items);
		free(r.lanes[i].rows);
	}
	free(r.lanes);
	return rc;
}

/* By owner; lines of the same section in their order, sections in theirs. */
static int
by_owner(const void *a, const void *b)
{
	const struct supplement *x = a, *y = b;

	if (x->owner != y->owner)
		return x->owner < y->owner ? -1 : 1;
	if (x->row != y->row)
		return x->row < y->row ? -1 : 1;
	/* The object's own section first: Exchange only completes it. */
	if (x->section != y->section)
		return x->section == x->owner ? -1 : y->section == y->owner
			? 1 : x->section < y->section ? -1 : 1;
	return x->place < y->place ? -1 : x->place > y->place;
}

static int
index_again(struct registry *g, struct fetch *f, enum section s, uint32_t row,
            struct err *err)
{
	struct row *r = &g->m->tables[s].rows[row];
	struct entry_lists lists = { 0 };
	struct arena scratch = { 0 };
	struct object o;
	int rc;

	free_claims(g->m, s, r);
	rc = fetch_object(f, s, row, &scratch, &o, err);
	if (rc == 0)
		rc = index_entry(g, &(struct entry){
			.o = &o, .s = s, .row = row, .r = r, .lists = &lists,
			.texts = &g->m->arena, .scratch = &scratch,
			.fetch = f, .err = err,
		});
	if (rc == 0) {
		registry_take(g, s, &lists, 0);
		if (section_side(s) == SIDE_AD)
			index_twins(g->m, s, row);
	}
	entry_lists_release(&lists);
	arena_release(&scratch);
	return rc;
}

int
supplement_entries(struct registry *g, enum side side, struct err *err)
{
	struct model *m = g->m;
	struct fetch *f = fetch_new(m);
	int rc = 0;

	if (m->supplement_count)
		qsort(m->supplements, m->supplement_count,
		      sizeof(*m->supplements), by_owner);
	for (size_t i = 0; i < m->supplement_count && rc == 0; i++) {
		const struct supplement *x = &m->supplements[i];
		bool again = i > 0 && x[-1].owner == x->owner &&
		             x[-1].row == x->row;

		if (section_side(x->owner) == side && !again)
			rc = index_again(g, f, x->owner, x->row, err);
	}
	fetch_free(f);
	return rc;
}
