/*
 * Greedily: next comes the cause that frees most objects, which only others
 * could block that come before it. Where none frees any by itself, it is the
 * one that blocks most of those left. The causes wait in a heap; an object, or
 * rather a set of such, is looked at once for each of its causes, and once more
 * when one is left of them.
 */
#include "analyze/findings/cause_order.h"

#include <stdlib.h>
#include <string.h>

#include "analyze/findings/cause_count.h"
#include "base/mem.h"

struct waiting {
	uint64_t frees;            /* if it is cured next */
	uint64_t waits;            /* objects that wait for it, and others */
	size_t at;                 /* in the heap */
	size_t first, count;       /* among SETS_OF: sets that have it */
	bool is_cured;
};

struct ordering {
	struct cause_table *t;
	struct waiting *causes;    /* by number */
	size_t *sets_of;           /* numbers of sets, by cause */
	size_t *left;              /* of each set: causes that are not cured */
	uint32_t *heap;
	size_t heap_count;
	uint64_t blocked;
};

static bool
is_open(const struct counted_cause *c)
{
	return c->open.worst < SEVERITY_COUNT;
}

/* ---- the heap ---- */

static bool
comes_before(const struct ordering *o, uint32_t a, uint32_t b)
{
	const struct waiting *x = &o->causes[a], *y = &o->causes[b];

	if (x->frees != y->frees)
		return x->frees > y->frees;
	if (x->waits != y->waits)
		return x->waits > y->waits;
	return cause_compare(&o->t->items[a], &o->t->items[b]) < 0;
}

static void
put_at(struct ordering *o, size_t at, uint32_t cause)
{
	o->heap[at] = cause;
	o->causes[cause].at = at;
}

static void
rise(struct ordering *o, uint32_t cause)
{
	size_t at = o->causes[cause].at;

	while (at && comes_before(o, cause, o->heap[(at - 1) / 2])) {
		put_at(o, at, o->heap[(at - 1) / 2]);
		at = (at - 1) / 2;
	}
	put_at(o, at, cause);
}

static void
sink(struct ordering *o, size_t at)
{
	uint32_t cause = o->heap[at];

	for (;;) {
		size_t next = at * 2 + 1;

		if (next + 1 < o->heap_count &&
		    comes_before(o, o->heap[next + 1], o->heap[next]))
			next++;
		if (next >= o->heap_count ||
		    !comes_before(o, o->heap[next], cause))
			break;
		put_at(o, at, o->heap[next]);
		at = next;
	}
	put_at(o, at, cause);
}

static uint32_t
take_first(struct ordering *o)
{
	uint32_t first = o->heap[0];

	put_at(o, 0, o->heap[--o->heap_count]);
	if (o->heap_count)
		sink(o, 0);
	return first;
}

/* ---- sets ---- */

/* Who waits for a waiver's end is freed by nothing. */
static void
count_set(struct ordering *o, size_t number)
{
	const struct blocked_set *set = &o->t->blocked.items[number];

	o->blocked += set->objects;
	o->left[number] = set->count;
	for (size_t i = 0; i < set->count; i++) {
		uint32_t cause = o->t->blocked.causes[set->from + i];

		o->t->items[cause].blocked += set->objects;
		o->causes[cause].count++;
		if (!set->stays)
			o->causes[cause].waits += set->objects;
		if (!set->stays && set->count == 1)
			o->causes[cause].frees += set->objects;
	}
}

static void
fill_sets(struct ordering *o)
{
	const struct blocked_sets *s = &o->t->blocked;
	size_t first = 0;

	for (size_t i = 0; i < o->t->count; i++) {
		o->causes[i].first = first;
		first += o->causes[i].count;
		o->causes[i].count = 0;
	}
	for (size_t i = 0; i < s->count; i++)
		for (size_t k = 0; k < s->items[i].count; k++) {
			struct waiting *w =
				&o->causes[s->causes[s->items[i].from + k]];

			o->sets_of[w->first + w->count++] = i;
		}
}

static uint32_t
last_of(const struct ordering *o, const struct blocked_set *set)
{
	size_t i = 0;

	while (o->causes[o->t->blocked.causes[set->from + i]].is_cured)
		i++;
	return o->t->blocked.causes[set->from + i];
}

/* What it frees, and who is freed next by a single one. */
static void
cure(struct ordering *o, uint32_t cause)
{
	struct waiting *w = &o->causes[cause];

	w->is_cured = true;
	for (size_t i = 0; i < w->count; i++) {
		size_t number = o->sets_of[w->first + i];
		const struct blocked_set *set = &o->t->blocked.items[number];
		uint32_t last;

		if (set->stays)
			continue;
		if (--o->left[number] == 0)
			o->blocked -= set->objects;
		if (o->left[number] != 1)
			continue;
		last = last_of(o, set);
		o->causes[last].frees += set->objects;
		rise(o, last);
	}
}

static void
fill_heap(struct ordering *o)
{
	for (size_t i = 0; i < o->t->count; i++)
		if (is_open(&o->t->items[i]))
			put_at(o, o->heap_count++, (uint32_t)i);
	for (size_t i = o->heap_count / 2; i-- > 0; )
		sink(o, i);
}

void
causes_order(struct cause_table *t)
{
	size_t causes = t->count + 1, sets = t->blocked.count + 1;
	struct ordering o = {
		.t = t, .causes = xcalloc(causes, sizeof(*o.causes)),
		.sets_of = xcalloc(t->blocked.cause_count + 1,
		                   sizeof(*o.sets_of)),
		.left = xcalloc(sets, sizeof(*o.left)),
		.heap = xcalloc(causes, sizeof(*o.heap)),
	};

	for (size_t i = 0; i < t->blocked.count; i++)
		count_set(&o, i);
	fill_sets(&o);
	fill_heap(&o);
	for (uint32_t n = 1; o.heap_count; n++) {
		uint32_t cause = take_first(&o);

		cure(&o, cause);
		t->items[cause].order = n;
		t->items[cause].blocked_after = o.blocked;
	}
	t->left = o.blocked;
	free(o.causes);
	free(o.sets_of);
	free(o.left);
	free(o.heap);
}
