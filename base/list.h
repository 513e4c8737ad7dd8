/*
 * Arrays that grow: ITEMS of any type and the ROOM that they have, in variables
 * of the caller, who counts what is in it and frees it. A zeroed pair is ready.
 *
 *	LIST_RESERVE(s->items, s->room, s->count + 1);
 *	s->items[s->count++] = one;
 */
#ifndef BASE_LIST_H
#define BASE_LIST_H

#include <stddef.h>
#include <stdint.h>

#include "base/mem.h"

/* The smallest room that is doubled so often that it holds WANT. */
static inline size_t
list_room(size_t room, size_t want)
{
	enum { FIRST = 16 };

	if (!room)
		room = FIRST;
	while (room < want) {
		if (room > SIZE_MAX / 2)
			xalloc_failed();
		room *= 2;
	}
	return room;
}

/* For arrays that share one ROOM: it is set first, then each is resized. */
#define LIST_RESIZE(items, room) \
	((items) = xreallocarray((items), (room), sizeof(*(items))))

/* Makes room for WANT items in all; pointers to items may move. */
#define LIST_RESERVE(items, room, want) \
	do { \
		if ((room) < (want)) { \
			(room) = list_room((room), (want)); \
			LIST_RESIZE((items), (room)); \
		} \
	} while (0)

/* WANT, and half of the room there was; a few more, or small ones crawl. */
static inline size_t
list_room_by_half(size_t room, size_t want)
{
	enum { MORE = 64 };

	if (want > SIZE_MAX - MORE - room / 2)
		xalloc_failed();
	return want + room / 2 + MORE;
}

/*
 * The same for what has an entry for every object of a directory: when there
 * are millions, doubling would let half of the memory stand empty.
 */
#define LIST_RESERVE_BY_HALF(items, room, want) \
	do { \
		if ((room) < (want)) { \
			(room) = list_room_by_half((room), (want)); \
			LIST_RESIZE((items), (room)); \
		} \
	} while (0)

/* Gives back the room of a list that has grown for the last time. */
#define LIST_TRIM(items, room, count) \
	do { \
		if ((room) > (count) && (count)) { \
			(room) = (count); \
			LIST_RESIZE((items), (room)); \
		} \
	} while (0)

#endif
