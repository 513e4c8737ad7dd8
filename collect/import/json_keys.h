/*
 * Which attributes a JSON file was made with: of each section the keys of its
 * objects, and of which attributes the values were lost.
 */
#ifndef COLLECT_IMPORT_JSON_KEYS_H
#define COLLECT_IMPORT_JSON_KEYS_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/buf.h"
#include "collect/schema/schema.h"

struct record;

/* What it means that an object has no such key. */
enum json_absence {
	ABSENT_UNKNOWN,          /* it was not asked for */
	/* It has no value, if another object of the same list has the key. */
	ABSENT_EMPTY,
};

struct json_keys {
	struct name_set covered; /* what all lists have, or all objects */
	bool any;
	struct name_set list;    /* of ABSENT_EMPTY: what this list has */
	uint64_t list_number;
	uint64_t objects;
	struct buf names;        /* of the last object, a NUL after each */
	struct json_lost {
		char *attribute;
		uint64_t objects;
	} *lost;
	size_t lost_count, lost_room;
};

/* A zeroed struct is ready. */
void json_keys_release(struct json_keys *k);
/*
 * One more object, of the list LIST; LOST holds the attributes whose values it
 * should have and has not.
 */
void json_keys_note(struct json_keys *k, enum json_absence absence,
                    uint64_t list, const struct record *r,
                    const struct name_set *lost);
/* All objects are noted: COVERED is whole, without what all of them lost. */
void json_keys_settle(struct json_keys *k);
/* Whether every object lost the values of something. */
bool json_keys_lost_any(const struct json_keys *k);

#endif
