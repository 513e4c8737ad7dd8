/*
 * Open addressing over different fingerprints; the numbers of one are a chain,
 * so that a million of them cost no more than others. Places count from 1, so
 * that 0 is none.
 */
#include "base/hash_index.h"

#include <stdlib.h>

#include "base/list.h"
#include "base/mem.h"

enum { FIRST_ROOM = 64 };

struct hash_slot {
	uint64_t hash;
	uint32_t first, last;        /* of its numbers, in ITEMS */
};

struct hash_item {
	uint32_t number, next;
};

/* That of HASH, or the free one where it belongs. */
static struct hash_slot *
slot_of(const struct hash_index *x, uint64_t hash)
{
	size_t at = hash & (x->room - 1);

	while (x->slots[at].first && x->slots[at].hash != hash)
		at = (at + 1) & (x->room - 1);
	return &x->slots[at];
}

static void
grow(struct hash_index *x)
{
	struct hash_index old = *x;

	x->room = old.room ? 2 * old.room : FIRST_ROOM;
	x->slots = xcalloc(x->room, sizeof(*x->slots));
	for (size_t i = 0; i < old.room; i++)
		if (old.slots[i].first)
			*slot_of(x, old.slots[i].hash) = old.slots[i];
	free(old.slots);
}

void
hash_index_add(struct hash_index *x, uint64_t hash, size_t number)
{
	struct hash_slot *s;

	if (2 * x->used >= x->room)
		grow(x);
	LIST_RESERVE(x->items, x->item_room, x->count + 1);
	x->items[x->count++] = (struct hash_item){ (uint32_t)number, 0 };
	s = slot_of(x, hash);
	if (s->first)
		x->items[s->last - 1].next = (uint32_t)x->count;
	else
		*s = (struct hash_slot){ hash, (uint32_t)x->count, 0 };
	x->used += !s->last;
	s->last = (uint32_t)x->count;
}

void
hash_index_release(struct hash_index *x)
{
	free(x->slots);
	free(x->items);
	*x = (struct hash_index){ 0 };
}

long
hash_index_next(const struct hash_index *x, uint64_t hash, size_t *at)
{
	uint32_t place;

	if (!x->count)
		return -1;
	place = *at == HASH_INDEX_FIRST ? slot_of(x, hash)->first
	                                : x->items[*at].next;
	if (!place)
		return -1;
	*at = place - 1;
	return (long)x->items[*at].number;
}
