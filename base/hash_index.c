/* Open addressing: a slot's number counts from 1, so that 0 is a free one. */
#include "base/hash_index.h"

#include <stdlib.h>

#include "base/mem.h"

enum { FIRST_ROOM = 64 };

struct hash_slot {
	uint64_t hash;
	uint32_t number;
};

static void
put_slot(struct hash_index *x, struct hash_slot s)
{
	size_t at = s.hash & (x->room - 1);

	while (x->slots[at].number)
		at = (at + 1) & (x->room - 1);
	x->slots[at] = s;
}

/* What has one hash keeps its order: the old slots are gone through in it. */
static void
grow(struct hash_index *x)
{
	struct hash_index old = *x;
	size_t from = 0;

	x->room = old.room ? 2 * old.room : FIRST_ROOM;
	x->slots = xcalloc(x->room, sizeof(*x->slots));
	while (from < old.room && old.slots[from].number)
		from++;
	for (size_t i = 0; i < old.room; i++) {
		struct hash_slot *s = &old.slots[(from + i) % old.room];

		if (s->number)
			put_slot(x, *s);
	}
	free(old.slots);
}

void
hash_index_add(struct hash_index *x, uint64_t hash, size_t number)
{
	if (2 * x->count++ >= x->room)
		grow(x);
	put_slot(x, (struct hash_slot){ hash, (uint32_t)number + 1 });
}

void
hash_index_release(struct hash_index *x)
{
	free(x->slots);
	*x = (struct hash_index){ 0 };
}

long
hash_index_next(const struct hash_index *x, uint64_t hash, size_t *at)
{
	if (!x->count)
		return -1;
	*at = *at == HASH_INDEX_FIRST ? hash & (x->room - 1)
	                              : (*at + 1) & (x->room - 1);
	for (; x->slots[*at].number; *at = (*at + 1) & (x->room - 1))
		if (x->slots[*at].hash == hash)
			return (long)x->slots[*at].number - 1;
	return -1;
}
