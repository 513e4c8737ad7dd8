/* Containers that were renamed or moved, told by their objectGUIDs. */
#include "analyze/model/model.h"

#include <stdlib.h>

#include "analyze/scope/scope.h"
#include "base/dn.h"

static int
by_hash(const void *a, const void *b)
{
	const struct container_then *x = a, *y = b;

	if (x->hash != y->hash)
		return x->hash < y->hash ? -1 : 1;
	return x->newest < y->newest ? 1 : x->newest > y->newest ? -1 : 0;
}

void
containers_then_settle(struct containers_then *t)
{
	if (t->count)
		qsort(t->items, t->count, sizeof(*t->items), by_hash);
	for (size_t i = 0; i < t->count; i++)
		if (t->items[i].then)
			hash_index_add(&t->by_then, dn_hash(t->items[i].then),
			               i);
}

static bool
is_known(const struct containers_then *t, const struct domain *d, when_t when)
{
	for (size_t i = 0; i < t->look_count; i++)
		if (t->looks[i].of == d && t->looks[i].when == when)
			return true;
	return false;
}

/* The first with the hash; the count, if there is none. */
static size_t
first_of(const struct containers_then *t, uint64_t hash)
{
	size_t low = 0, high = t->count;

	while (low < high) {
		size_t mid = low + (high - low) / 2;

		if (t->items[mid].hash < hash)
			low = mid + 1;
		else
			high = mid;
	}
	return low;
}

/* What is known of the container DN lies in; NULL: it lay where it lies. */
static const struct container_then *
find_then(const struct containers_then *t, struct containers *cs,
          const char *dn, when_t when)
{
	uint64_t hash = container_of(cs, dn)->hash;

	for (size_t i = first_of(t, hash); i < t->count &&
	     t->items[i].hash == hash; i++)
		if (t->items[i].oldest <= when && when <= t->items[i].newest &&
		    dn_same(t->items[i].now, dn_parent(dn)))
			return &t->items[i];
	return NULL;
}

/* Whether the object's own container was one of the scope. */
static bool
was_in_scope(const struct model *m, const struct domain *d, const char *dn)
{
	const struct forest *f = domains_forest(&m->domains, d);

	return scope_place(f->past ? f->past : f->scope, dn).state == SCOPE_IN;
}

/* Whether NOW still lies where WAS did, and is only called otherwise. */
static enum went
how_went(const struct containers_then *t, struct containers *cs,
         const struct container_then *c, when_t when)
{
	const struct container_then *above = find_then(t, cs, c->now, when);
	const char *parent = above ? above->then : dn_parent(c->now);

	return parent && dn_same(parent, dn_parent(c->then)) ? WENT_RENAMED
	                                                     : WENT_MOVED;
}

struct went_with
containers_left_with(const struct model *m, struct containers *cs,
                     const struct domain *d, const char *dn, when_t when)
{
	const struct containers_then *t = &m->containers_then;
	const struct container_then *c, *top = NULL;

	if (!d || !dn || !is_known(t, d, when))
		return (struct went_with){ .how = WENT_UNKNOWN };
	/* A new one, or one that stays, ends what went together. */
	for (; (c = find_then(t, cs, dn, when)) && c->then &&
	     was_in_scope(m, d, c->then); dn = dn_parent(dn))
		top = c;
	if (!top)
		return (struct went_with){ .how = WENT_ALONE };
	return (struct went_with){
		how_went(t, cs, top, when), top->then, top->now
	};
}

/* Whether a container lay at DN then, and lies elsewhere. */
static bool
lay_at(const struct containers_then *t, const char *dn, when_t when)
{
	uint64_t hash = dn_hash(dn);
	size_t at = HASH_INDEX_FIRST;
	long i;

	while ((i = hash_index_next(&t->by_then, hash, &at)) >= 0)
		if (t->items[i].oldest <= when && when <= t->items[i].newest &&
		    dn_same(t->items[i].then, dn))
			return true;
	return false;
}

bool
containers_went(const struct model *m, const char *dn, when_t when)
{
	const struct containers_then *t = &m->containers_then;
	bool went = false;

	for (dn = dn_parent(dn); t->count && *dn && !went; dn = dn_parent(dn))
		went = lay_at(t, dn, when);
	return went;
}

bool
containers_lost(const struct model *m, const struct domain *d)
{
	const struct containers_then *t = &m->containers_then;
	size_t i = 0;

	while (i < t->look_count && t->looks[i].of != d)
		i++;
	return i < t->look_count && t->looks[i].lost;
}
