/* The values of a change, and which are against each other. */
#ifndef REPORT_REPAIR_CHANGE_VALUES_H
#define REPORT_REPAIR_CHANGE_VALUES_H

#include <stdbool.h>

struct arena;

/* One value of an attribute; NULL: none. */
struct repair_part {
	const char *attribute, *old, *new;
	struct repair_part *next;
};

/* Whether a value of the attribute is one of several. */
bool changes_is_list(const char *attribute);
/*
 * What a value must not share with that of another object: an address without
 * prefix, a name. In A; NULL: it may.
 */
const char *change_key(struct arena *a, const char *attribute,
                       const char *value);
bool change_is_same(const struct repair_part *a, const struct repair_part *b);
/* Whether two parts of one object cannot both be. */
bool change_clashes(const struct repair_part *a, const struct repair_part *b);

#endif
