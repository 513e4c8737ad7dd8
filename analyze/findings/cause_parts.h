/*
 * What is kept of a cause beside its counts: which block objects together, who
 * claims which value, and which changes were counted. A part of causes.h.
 */
#ifndef ANALYZE_FINDINGS_CAUSE_PARTS_H
#define ANALYZE_FINDINGS_CAUSE_PARTS_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/hash_index.h"

/* Objects that the same causes block. */
struct blocked_set {
	size_t from, count;        /* of its causes, among all causes' */
	uint64_t objects;
	/* A finding of theirs is waived: they stay blocked. */
	bool stays;
};

/* A zeroed one is empty. */
struct blocked_sets {
	struct blocked_set *items;
	size_t count, room;
	uint32_t *causes;          /* of each set, ascending */
	size_t cause_count, cause_room;
	struct hash_index by_hash;
};

enum { CONFLICTS_MAX = 25, CLAIMANTS_MAX = 50 };

/* Two objects may have one name: what else tells them apart is their KEY. */
struct conflict_name {
	char *name, *key;
};

struct conflict {
	char *folded, *value;      /* the value, as it was met first */
	struct conflict_name *claimants;
	size_t count, room;
	bool has_more;
};

/* A zeroed one is empty. */
struct conflicts {
	struct conflict *items;
	size_t count;
};

enum { CHANGES_AT_HAND = 32 };

/* A zeroed one is empty. */
struct change_tally {
	uint64_t object;           /* whose are at hand */
	struct { uint64_t change, cause; } at_hand[CHANGES_AT_HAND];
	size_t count;
	struct hash_index kept;    /* what is shared, and of large objects */
	uint64_t total;
};

#endif
