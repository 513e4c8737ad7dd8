/* A set of GUIDs. */
#include "base/guid_set.h"

#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include "base/mem.h"

enum { FIRST_ROOM = 256 };

static const unsigned char none[GUID_OCTETS];

void
guid_set_release(struct guid_set *s)
{
	free(s->slots);
	*s = (struct guid_set){ 0 };
}

/* The slot that holds GUID, or the free one where it belongs. */
static unsigned char *
slot_of(const struct guid_set *s, const unsigned char *guid)
{
	uint64_t hash, rest;
	size_t i;

	memcpy(&hash, guid, sizeof(hash));
	memcpy(&rest, guid + sizeof(hash), sizeof(rest));
	/* GUIDs that somebody counted up would be neighbours. */
	hash ^= rest << 32 | rest >> 32;
	hash *= UINT64_C(0xff51afd7ed558ccd);
	hash ^= hash >> 33;
	hash *= UINT64_C(0x9e3779b97f4a7c15);
	for (i = (size_t)(hash >> 20) & (s->room - 1);;
	     i = (i + 1) & (s->room - 1)) {
		unsigned char *slot = s->slots + i * GUID_OCTETS;

		if (memcmp(slot, guid, GUID_OCTETS) == 0 ||
		    memcmp(slot, none, GUID_OCTETS) == 0)
			return slot;
	}
}

static void
grow(struct guid_set *s)
{
	struct guid_set bigger = {
		.room = s->room ? 2 * s->room : FIRST_ROOM,
	};

	bigger.slots = xcalloc(bigger.room, GUID_OCTETS);
	for (size_t i = 0; i < s->room; i++)
		guid_set_add(&bigger, s->slots + i * GUID_OCTETS);
	free(s->slots);
	*s = bigger;
}

void
guid_set_add(struct guid_set *s, const unsigned char *guid)
{
	unsigned char *slot;

	if (memcmp(guid, none, GUID_OCTETS) == 0)
		return;
	if (4 * s->count >= 3 * s->room)
		grow(s);
	slot = slot_of(s, guid);
	if (memcmp(slot, guid, GUID_OCTETS) == 0)
		return;
	memcpy(slot, guid, GUID_OCTETS);
	s->count++;
}

bool
guid_set_has(const struct guid_set *s, const unsigned char *guid)
{
	return s->room && memcmp(guid, none, GUID_OCTETS) != 0 &&
	       memcmp(slot_of(s, guid), guid, GUID_OCTETS) == 0;
}
