/* Open addressing; slots have half of the fingerprint, numbers count from 1. */
#include "report/page/slim_index.h"

#include <stdlib.h>

#include "base/mem.h"

enum { FIRST_ROOM = 64 };

struct slim_slot {
	uint32_t half, number;
};

static void
put(struct slim_index *x, struct slim_slot slot)
{
	size_t at = slot.half & (x->room - 1);

	while (x->slots[at].number)
		at = (at + 1) & (x->room - 1);
	x->slots[at] = slot;
}

static void
grow(struct slim_index *x, size_t room)
{
	struct slim_index old = *x;

	x->room = room;
	x->slots = xcalloc(x->room, sizeof(*x->slots));
	for (size_t i = 0; i < old.room; i++)
		if (old.slots[i].number)
			put(x, old.slots[i]);
	free(old.slots);
}

/* Half may be full: most of what is asked for is not there. */
void
slim_index_expect(struct slim_index *x, size_t count)
{
	size_t room = x->room ? x->room : FIRST_ROOM;

	while (room < 2 * count)
		room *= 2;
	if (room > x->room)
		grow(x, room);
}

void
slim_index_add(struct slim_index *x, uint64_t hash, size_t number)
{
	slim_index_expect(x, x->used + 1);
	put(x, (struct slim_slot){ (uint32_t)(hash ^ hash >> 32),
	                           (uint32_t)number + 1 });
	x->used++;
}

long
slim_index_next(const struct slim_index *x, uint64_t hash, size_t *at)
{
	uint32_t half = (uint32_t)(hash ^ hash >> 32);

	/* *AT counts the slots that were looked at. */
	while (x->room) {
		const struct slim_slot *s = &x->slots[(half + (*at)++) &
		                                      (x->room - 1)];

		if (!s->number)
			return -1;
		if (s->half == half)
			return (long)s->number - 1;
	}
	return -1;
}

void
slim_index_release(struct slim_index *x)
{
	free(x->slots);
	*x = (struct slim_index){ .room = 0 };
}
