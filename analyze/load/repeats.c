/* Objects that more than one line of their section tells of. */
#include "analyze/load/repeats.h"

#include <stdlib.h>
#include <string.h>

#include "analyze/load/supplement.h"
#include "analyze/model/model.h"
#include "analyze/object/object.h"
#include "analyze/scope/scope.h"
#include "base/dn.h"
#include "base/guid.h"
#include "base/list.h"
#include "base/warn.h"

/* A row and an earlier one that may be the same object. */
struct repeat {
	uint32_t row, first;
};

struct repeats {
	struct key_runs runs;
	struct repeat *items;
	size_t count, room;
};

/* Each row is held against so many earlier ones: there are few forests. */
enum { HELD_AGAINST = 8 };

/* Of one that stays apart from the first, another may be the same. */
static void
add_run(struct key_runs *r, const struct key *first, size_t n)
{
	struct repeats *p = (struct repeats *)r;

	for (size_t i = 1; i < n; i++)
		for (size_t k = 0; k < i && k < HELD_AGAINST; k++) {
			LIST_RESERVE(p->items, p->room, p->count + 1);
			p->items[p->count++] = (struct repeat){
				first[i].row, first[k].row
			};
		}
}

static int
by_row(const void *a, const void *b)
{
	const struct repeat *x = a, *y = b;

	return x->row < y->row ? -1 : x->row > y->row;
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
	rc = fetch_own_line(f, s, p.first, &scratch, &a, err);
	if (rc == 0)
		rc = fetch_own_line(f, s, p.row, &scratch, &b, err);
	if (rc == 0)
		*same = section_side(s) == SIDE_AD
			? is_one(&a, &b)
			: memcmp(&a.guid, &b.guid, sizeof(a.guid)) == 0;
	arena_release(&scratch);
	return rc;
}

/* What two lines of one object are to each other. */
enum repeat_kind {
	REPEAT_COMPLETES,        /* the later one adds to the first */
	REPEAT_MOVED,            /* it is in the first one's domain by now */
	REPEAT_RENEWS,           /* newer, it does not say where it is */
	REPEAT_APART,            /* they are of two forests */
};

/* Where the domain is not known, it may be any. */
static bool
is_known(const struct domain *d)
{
	return d && *d->name;
}

static enum repeat_kind
kind_of(const struct model *m, const struct row *a, const struct row *b)
{
	const struct domain *x = model_domain(m, a), *y = model_domain(m, b);

	if (x == y || !x || !y)
		return REPEAT_COMPLETES;
	/* Beside a list with DNs one without them adds to it. */
	if (!is_known(x) || !is_known(y))
		return x->present == y->present ? REPEAT_COMPLETES
		                                : REPEAT_MOVED;
	return x->forest != y->forest ? REPEAT_APART : REPEAT_MOVED;
}

/* A newer list without DNs renews what an older snapshot says of it. */
static bool
is_renewed(const struct model *m, const struct row *now,
           const struct row *then)
{
	const struct domain *x = model_domain(m, now);
	const struct domain *y = model_domain(m, then);

	return x && !is_known(x) && is_known(y);
}

/* The newer snapshot says where it is; of one time, the first domain. */
static void
put_newer_first(const struct model *m, const struct row *rows,
                struct repeat *p)
{
	const struct row *a = &rows[p->first], *b = &rows[p->row];
	when_t ta = model_collected(m, model_domain(m, a));
	when_t tb = model_collected(m, model_domain(m, b));

	if (tb > ta || (tb == ta && b->domain < a->domain))
		*p = (struct repeat){ p->first, p->row };
}

/* The account that the older one got is the object's, wherever it is now. */
static void
take_over(struct model *m, enum section s, struct repeat p)
{
	struct row *now = &m->tables[s].rows[p.first];
	struct row *then = &m->tables[s].rows[p.row];
	enum section tenant = section_twin(s);

	if (!now->twin && then->twin) {
		now->twin = then->twin;
		now->how = then->how;
		m->tables[tenant].rows[now->twin - 1].twin = p.first + 1;
		then->twin = 0;
	}
	if (!now->deleted && then->deleted && !then->former) {
		now->deleted = then->deleted;
		m->tables[TENANT_DELETED_USERS].rows[now->deleted - 1].twin =
			p.first + 1;
		then->deleted = 0;
	}
	now->suspect = true;
}

/* The other line says of which domain the object is that one was not of any. */
static void
find_domain(struct model *m, const struct row *a, const struct row *b)
{
	const struct domain *x = model_domain(m, a), *y = model_domain(m, b);
	const struct domain *unknown = is_known(x) ? y : x;
	struct domain *d;

	if (!unknown || x == y || is_known(unknown))
		return;
	d = &m->domains.items[unknown->index];
	if (d->objects && --d->objects == 0)
		m->domains.with_objects--;
}

/* The row that stands for it by now. */
static uint32_t
standing(const struct row *rows, uint32_t row)
{
	while (rows[row].merged)
		row = rows[row].twin - 1;
	return row;
}

static void
merge(struct model *m, enum section s, struct repeat p, enum repeat_kind kind)
{
	struct table *t = &m->tables[s];
	struct row *r = &t->rows[p.row];

	if (kind != REPEAT_COMPLETES)
		take_over(m, s, p);
	supplement_free_claims(m, s, r);
	if (section_side(s) == SIDE_AD && !t->rows[p.first].has_guid) {
		t->rows[p.first].guid = r->guid;
		t->rows[p.first].has_guid = r->has_guid;
	}
	r->merged = true;
	r->twin = p.first + 1;
	t->merged++;
	if (kind != REPEAT_RENEWS || !t->rows[p.first].seen_before)
		find_domain(m, &t->rows[p.first], r);
	if (kind != REPEAT_COMPLETES)
		t->rows[p.first].seen_before = true;
	if (kind != REPEAT_MOVED)
		model_supplement(m, (struct supplement){
			.owner = s, .row = p.first, .section = s,
			.place = r->place, .wanted = r->wanted,
		});
}

/* What completed an object in its former domain completes nothing. */
static bool
hand_on(struct model *m, enum section s, struct supplement *x)
{
	struct row *rows = m->tables[s].rows;
	uint32_t now;

	if (x->owner != s || !rows[x->row].merged)
		return true;
	now = rows[x->row].twin - 1;
	if (section_side(s) == SIDE_AD &&
	    kind_of(m, &rows[now], &rows[x->row]) != REPEAT_COMPLETES &&
	    !is_renewed(m, &rows[now], &rows[x->row]))
		return false;
	x->row = now;
	rows[now].completed = true;
	return true;
}

/*
 * A row that others were merged into may have been merged itself: each then
 * leads to the one that stands.
 */
static void
settle(struct model *m, enum section s)
{
	struct table *t = &m->tables[s];
	size_t kept = 0;

	for (size_t i = 0; i < t->count; i++)
		if (t->rows[i].merged)
			t->rows[i].twin = standing(t->rows, (uint32_t)i) + 1;
	for (size_t i = 0; i < m->supplement_count; i++)
		if (hand_on(m, s, &m->supplements[i]))
			m->supplements[kept++] = m->supplements[i];
	m->supplement_count = kept;
}

/* Objects that two forests have, which keep their GUID in one alone. */
struct apart {
	struct repeat first;
	size_t count;
	struct key_list anchors;     /* which are anchors of both, then */
};

static void
take_repeat(struct model *m, enum section s, struct repeat p, struct apart *to)
{
	const struct row *rows = m->tables[s].rows;
	enum repeat_kind kind = REPEAT_COMPLETES;

	p = (struct repeat){ standing(rows, p.row), standing(rows, p.first) };
	if (p.row == p.first)
		return;
	if (p.row < p.first)
		p = (struct repeat){ p.first, p.row };
	if (section_side(s) == SIDE_AD)
		kind = kind_of(m, &rows[p.first], &rows[p.row]);
	if (kind == REPEAT_MOVED)
		put_newer_first(m, rows, &p);
	if (kind == REPEAT_MOVED && is_renewed(m, &rows[p.first], &rows[p.row]))
		kind = REPEAT_RENEWS;
	if (kind != REPEAT_APART) {
		merge(m, s, p, kind);
		return;
	}
	if (to->count++ == 0)
		to->first = p;
	key_list_add(&to->anchors, (struct key){
		.hash = hash_bytes(&rows[p.row].guid, sizeof(struct guid)),
		.row = p.row, .section = (uint32_t)s,
	});
}

static int
tell_apart(struct fetch *f, enum section s, const struct apart *a,
           struct err *err)
{
	struct arena scratch = { 0 };
	struct object x, y;
	int rc = fetch_object(f, s, a->first.first, &scratch, &x, err);

	if (rc == 0)
		rc = fetch_object(f, s, a->first.row, &scratch, &y, err);
	if (rc == 0)
		warn("%s: %zu %s the objectGUID of one of another forest, such "
		     "as %s in %s, of %s in %s: both are judged",
		     section_title(s), a->count, a->count == 1 ? "has" : "have",
		     object_label(&x), domain_name(x.domain), object_label(&y),
		     domain_name(y.domain));
	arena_release(&scratch);
	return rc;
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
repeats_merge(struct registry *g, enum section s, struct err *err)
{
	struct repeats p = { .runs = { add_run } };
	struct apart apart = { .count = 0 };
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
			take_repeat(g->m, s, p.items[i], &apart);
	}
	if (g->m->tables[s].merged)
		settle(g->m, s);
	if (rc == 0 && apart.count)
		rc = tell_apart(f, s, &apart, err);
	keys_take(&g->anchors, &apart.anchors, 0);
	key_list_release(&apart.anchors);
	fetch_free(f);
	free(p.items);
	return rc;
}
