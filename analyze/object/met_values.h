/*
 * Values of one object that were met, of which some are one: an address in two
 * spellings, of which one may be a U-label where the other is an A-label. What
 * is one is told as unique_hash has it. Short lists of ASCII, which is what
 * nearly all objects have, are compared as they stand, others by fingerprint.
 */
#ifndef ANALYZE_OBJECT_MET_VALUES_H
#define ANALYZE_OBJECT_MET_VALUES_H

#include <stdbool.h>
#include <stddef.h>

#include "analyze/object/unique.h"
#include "base/hash_index.h"

struct met_value {
	enum unique kind;
	const char *text;            /* borrowed */
};

enum { MET_FEW = 32 };

/* Begun by met_begin and ended by met_end. */
struct met_values {
	struct met_value few[MET_FEW], *items;
	size_t count, room;
	bool by_hash;
	struct hash_index index;
};

void met_begin(struct met_values *m);
void met_end(struct met_values *m);
/*
 * The number of the value that is this one, from 0 and in the order in which
 * they came; or -1, and this one, which is not copied, is the next.
 */
long met_before(struct met_values *m, enum unique kind, const char *text);

#endif
