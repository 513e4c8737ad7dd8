/*
 * Stepping through one value of a JSON text by its masks (base/json_mask.h):
 * what json_pick.c does for every byte of a snapshot. Short functions stand
 * here so that they become part of its loops.
 */
#ifndef BASE_JSON_WALK_H
#define BASE_JSON_WALK_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/json_mask.h"

/* Where a walk is. Behind END there are line ends, which stop everything. */
struct json_walk {
	char *base;
	const uint64_t *stop;
	size_t pos, end;
	unsigned depth;
	bool escaped;            /* in the string read last */
};

/* Each moves POS behind what it names; false: it is not there, or wrong. */
bool json_walk_escape(struct json_walk *w);      /* from the backslash */
bool json_walk_value(struct json_walk *w);

/* Where the next byte is, from POS on, that a string cannot simply go over. */
static inline size_t
json_walk_stop(const uint64_t *stop, size_t pos)
{
	size_t group = pos / JSON_GROUP;
	uint64_t bits = stop[group] >> pos % JSON_GROUP;

	if (bits)
		return pos + (size_t)__builtin_ctzll(bits);
	do
		bits = stop[++group];
	while (!bits);
	return group * JSON_GROUP + (size_t)__builtin_ctzll(bits);
}

/* From behind the opening quote to behind the closing one. */
static inline bool
json_walk_string(struct json_walk *w)
{
	w->escaped = false;
	for (;;) {
		w->pos = json_walk_stop(w->stop, w->pos);
		if (w->base[w->pos] == '"') {
			w->pos++;
			return true;
		}
		if (w->base[w->pos] != '\\' || !json_walk_escape(w))
			return false;
	}
}

/* Blanks within a line: seldom any, as our writer leaves none. */
static inline void
json_walk_blanks(struct json_walk *w)
{
	while (w->base[w->pos] == ' ' || w->base[w->pos] == '\t' ||
	       w->base[w->pos] == '\r')
		w->pos++;
}

static inline bool
json_walk_take(struct json_walk *w, char c)
{
	if (w->base[w->pos] != c) {
		json_walk_blanks(w);
		if (w->base[w->pos] != c)
			return false;
	}
	w->pos++;
	return true;
}

#endif
