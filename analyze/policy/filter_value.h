/* Where the attributes that custom filters name are found in an object. */
#ifndef ANALYZE_POLICY_FILTER_VALUE_H
#define ANALYZE_POLICY_FILTER_VALUE_H

#include "analyze/object/object.h"

/*
 * The attributes that the model reads only because the policy names them: those
 * of all filters and of the join, of every forest.
 */
struct custom_attributes {
	const char *names[CUSTOM_MAX];
	size_t count;
};

/* The values of an attribute as texts; they may lie in ROOM. */
struct filter_value {
	const char *const *texts;
	size_t count;
	const char *one;
	char room[24];
};

/*
 * Finds the attribute NAME among those that the model reads, or those in
 * CUSTOM, where it takes a place if need be. 0, or -1 when none is left.
 */
int filter_source_find(const char *name, struct custom_attributes *custom,
                       size_t *source);
/* Its number in sets of attributes. */
unsigned filter_source_attr(size_t source);
void filter_value_of(struct filter_value *v, const struct object *o,
                     size_t source);

#endif
