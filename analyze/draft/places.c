/* The tree of containers, and the scope that its synchronized objects show. */
#include "analyze/draft/places.h"

#include <stdlib.h>
#include <string.h>
#include <strings.h>

#include "base/buf.h"
#include "base/dn.h"
#include "base/hash.h"
#include "base/list.h"
#include "base/mem.h"

enum { DEPTH_MAX = 100 };        /* containers in containers */

void
places_release(struct places *p)
{
	for (size_t i = 0; i < p->count; i++)
		free(p->items[i].dn);
	free(p->items);
	hash_index_release(&p->index);
}

static uint64_t
hash_of(const char *dn)
{
	struct buf norm = { 0 };
	uint64_t hash;

	/* What is no DN is a place of its own. */
	if (dn_normalise(&norm, dn) < 0)
		buf_adds(&norm, dn);
	hash = hash_bytes(buf_text(&norm), norm.len);
	buf_release(&norm);
	return hash;
}

static bool
is_same(const char *a, const char *b)
{
	return strcmp(a, b) == 0 || dn_same(a, b);
}

/* A domain has no container above it. */
static bool
is_top(const char *dn)
{
	return !*dn || dn_first_is(dn, "DC");
}

/*
 * The number of the container, which is made with those above it; who lies
 * deeper than directories are begins a tree of its own.
 */
static size_t
place_of(struct places *p, const char *dn, int depth)
{
	uint64_t hash = hash_of(dn);
	size_t at = HASH_INDEX_FIRST, parent;
	long found;

	while ((found = hash_index_next(&p->index, hash, &at)) >= 0)
		if (is_same(p->items[found].dn, dn))
			return (size_t)found;
	parent = is_top(dn) || depth == DEPTH_MAX
		? SIZE_MAX : place_of(p, dn_parent(dn), depth + 1);
	LIST_RESERVE(p->items, p->room, p->count + 1);
	p->items[p->count] = (struct scope_place){
		.dn = xstrdup(dn),
		.parent = parent == SIZE_MAX ? p->count : parent,
	};
	hash_index_add(&p->index, hash, p->count);
	return p->count++;
}

void
places_take(struct places *p, const struct object *o, enum tristate synced)
{
	struct scope_place *place;
	size_t number;

	if (!o->dn)
		return;
	number = place_of(p, dn_parent(o->dn), 0);
	place = &p->items[number];
	place->own[o->kind]++;
	place->own_synced += synced == YES;
}

static uint64_t
own_of(const struct scope_place *place)
{
	uint64_t n = 0;

	for (int k = 0; k < KIND_COUNT; k++)
		n += place->own[k];
	return n;
}

static void
add_up(struct places *p)
{
	for (size_t i = p->count; i-- > 0;) {
		struct scope_place *place = &p->items[i];

		place->below += own_of(place);
		place->below_synced += place->own_synced;
		if (place->parent == i)
			continue;
		p->items[place->parent].below += place->below;
		p->items[place->parent].below_synced += place->below_synced;
	}
}

static enum place_fate
fate_of(const struct scope_place *place, enum place_fate above)
{
	if (above == PLACE_EXCLUDED || above == PLACE_WITHOUT)
		return PLACE_WITHOUT;
	if (above == PLACE_OPEN || above == PLACE_MIXED)
		return !place->own_synced ? PLACE_OPEN :
		       place->own_synced * 2 > own_of(place) ? PLACE_INCLUDED
		                                             : PLACE_MIXED;
	return place->below && !place->below_synced ? PLACE_EXCLUDED
	                                            : PLACE_WITHIN;
}

void
places_draft(struct places *p)
{
	add_up(p);
	for (size_t i = 0; i < p->count; i++) {
		struct scope_place *place = &p->items[i];

		place->fate = fate_of(place, place->parent == i ? PLACE_OPEN
		                      : p->items[place->parent].fate);
	}
}
