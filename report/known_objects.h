/*
 * What is known of all findings when they have been read once: which objects
 * have some, and which changes are of several objects. Neither costs more than
 * a few bytes for each.
 */
#ifndef REPORT_KNOWN_OBJECTS_H
#define REPORT_KNOWN_OBJECTS_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "report/id_set.h"
#include "report/view.h"

struct known_objects {
	struct view_taker taker;     /* first */
	struct view_taker *next;     /* who takes them, too; or NULL */
	uint64_t *keys;              /* of objects, while they are taken */
	unsigned char *packed;       /* then the greater part of each, sorted */
	uint64_t *key_filter;        /* and bits, where one may be */
	size_t count, room;
	bool scattered;              /* findings of one stand apart */
	/* Changes of objects that are read, roughly; and of several of them. */
	uint64_t *filter;
	struct id_set shared;
	uint64_t *changes;           /* of the object at hand */
	size_t change_count, change_room;
};

/* Of a zeroed one; then it takes findings, until the end. Release it. */
void known_objects_begin(struct known_objects *k, struct view_taker *next);
void known_objects_end(struct known_objects *k);
void known_objects_release(struct known_objects *k);

/* The number of the object with that told_key, below .count; or -1. */
long known_object(const struct known_objects *k, uint64_t key);
/* Whether several objects may have it; of a few it is said and is not so. */
bool known_change_is_shared(const struct known_objects *k,
                            uint64_t change);

#endif
