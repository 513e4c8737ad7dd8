/* Open addressing; bits are mixed, since somebody may count GUIDs up. */
#include "base/guid_set.h"

#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include "base/mem.h"

enum { FIRST_ROOM = 256 };

static bool
is_same(const struct guid *a, const struct guid *b)
{
	return memcmp(a, b, sizeof(*a)) == 0;
}

static bool
is_none(const struct guid *g)
{
	static const struct guid none;

	return is_same(g, &none);
}

void
guid_set_release(struct guid_set *s)
{
	free(s->slots);
	*s = (struct guid_set){ 0 };
}

/* The slot that holds GUID, or the free one where it belongs. */
static struct guid *
slot_of(const struct guid_set *s, const struct guid *guid)
{
	uint64_t hash, rest;
	size_t i;

	memcpy(&hash, guid->bytes, sizeof(hash));
	memcpy(&rest, guid->bytes + sizeof(hash), sizeof(rest));
	/* GUIDs that somebody counted up would be neighbours. */
	hash ^= rest << 32 | rest >> 32;
	hash *= UINT64_C(0xff51afd7ed558ccd);
	hash ^= hash >> 33;
	hash *= UINT64_C(0x9e3779b97f4a7c15);
	for (i = (size_t)(hash >> 20) & (s->room - 1);;
	     i = (i + 1) & (s->room - 1)) {
		if (is_same(&s->slots[i], guid) || is_none(&s->slots[i]))
			return &s->slots[i];
	}
}

static void
grow(struct guid_set *s)
{
	struct guid_set bigger = {
		.room = s->room ? 2 * s->room : FIRST_ROOM,
	};

	bigger.slots = xcalloc(bigger.room, sizeof(*bigger.slots));
	for (size_t i = 0; i < s->room; i++)
		guid_set_add(&bigger, &s->slots[i]);
	free(s->slots);
	*s = bigger;
}

void
guid_set_add(struct guid_set *s, const struct guid *guid)
{
	struct guid *slot;

	if (is_none(guid))
		return;
	if (4 * s->count >= 3 * s->room)
		grow(s);
	slot = slot_of(s, guid);
	if (is_same(slot, guid))
		return;
	*slot = *guid;
	s->count++;
}

bool
guid_set_has(const struct guid_set *s, const struct guid *guid)
{
	return s->room && !is_none(guid) && is_same(slot_of(s, guid), guid);
}
