/* Who shares a value that is no claim; what is only in use is looked up. */
#include "analyze/load/shared_values.h"

#include <stdlib.h>

#include "analyze/model/model.h"
#include "analyze/object/object.h"

/* The row that stands for the key's: of AD where there is one. */
static struct row *
owner_of(struct model *m, const struct key *k)
{
	enum section s = (enum section)k->section;
	struct row *r = &m->tables[s].rows[k->row];

	if (r->merged)
		r = &m->tables[s].rows[r->twin - 1];
	if (section_side(s) == SIDE_TENANT && s != TENANT_DELETED_USERS &&
	    r->twin)
		r = &m->tables[section_of(SIDE_AD, section_kind(s))]
			.rows[r->twin - 1];
	return r;
}

static void
mark(struct row *r)
{
	r->suspect = true;
	r->shared = true;
}

static const struct key *
first_of(const struct keys *in, uint64_t hash, const struct key **end)
{
	const struct key *k = keys_find(in, hash, end);

	while (k < *end && k->hash != hash)
		k++;
	return k;
}

/*
 * Those of the index who have what OWN has, and OWN's, if there are any. Of
 * thousands who have one value the first of a list finds all others.
 */
static void
mark_others(struct model *m, const struct keys *in, const struct key *own,
            bool is_first)
{
	const struct key *end, *k = first_of(in, own->hash, &end);
	struct row *r = owner_of(m, own), *other;

	for (; k < end && (is_first || !r->shared); k++) {
		/* What was had in older snapshots is no row's (past_values). */
		if (k->hash != own->hash || k->section == SECTION_COUNT ||
		    (other = owner_of(m, k)) == r)
			continue;
		mark(r);
		mark(other);
	}
}

static void
mark_all(struct model *m, const struct key *own)
{
	const struct key *end;
	bool is_first = first_of(&m->in_use[IN_USE_BESIDE], own->hash,
	                         &end) == own;

	/* Who had it once shares nothing, and may have no row. */
	for (int w = 0; w <= IN_USE_BESIDE; w++)
		mark_others(m, &m->in_use[w], own, is_first);
}

void
shared_values_mark(struct model *m)
{
	const struct keys *beside = &m->in_use[IN_USE_BESIDE];

	for (int p = 0; p < KEY_PARTS; p++) {
		const struct key_list *l = &beside->parts[p].list;

		for (size_t i = 0; i < l->count; i++)
			mark_all(m, &l->items[i]);
	}
}

/* ---- what is nobody else's ---- */

void
shared_values_note(const struct registry *g, const struct entry *e)
{
	const struct object *o = e->o;

	if (!(g->wants & SCREEN_REPEATS) || o->kind >= KIND_COMPUTER)
		return;
	for (int i = 0; i < REPEATED_COUNT; i++) {
		uint64_t hash = i == REPEATED_NICKNAME &&
		                o->scope.state != SCOPE_IN
			? 0 : repeated_hash(o, (enum repeated)i);

		if (hash)
			registry_note(&e->lists->repeat, hash, e->row, e->s);
	}
}

struct repeated_run {
	struct key_runs runs;
	struct model *m;
	struct key_list kept;
};

/* Lines of one object are one; then those of a run are not all the same row. */
static bool
is_of_several(struct model *m, const struct key *first, size_t n)
{
	for (size_t i = 1; i < n; i++)
		if (owner_of(m, &first[i]) != owner_of(m, first))
			return true;
	return false;
}

static void
each(struct key_runs *r, const struct key *first, size_t n)
{
	struct repeated_run *run = (struct repeated_run *)r;

	if (!is_of_several(run->m, first, n))
		return;
	for (size_t i = 0; i < n; i++) {
		mark(owner_of(run->m, &first[i]));
		key_list_add(&run->kept, first[i]);
	}
}

void
shared_values_find_repeats(struct registry *g)
{
	struct repeated_run run = { .runs = { each }, .m = g->m };

	keys_build(&g->repeats, g->m->jobs);
	keys_runs(&g->repeats, &run.runs);
	keys_release(&g->repeats);
	keys_take(&g->m->repeats, &run.kept, 0);
	key_list_release(&run.kept);
	keys_build(&g->m->repeats, 1);
}
