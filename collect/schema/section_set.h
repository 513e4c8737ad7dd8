/*
 * Sets of sections. There is room for every section, however many come; a
 * table fills one by { SECTION_IN(AD_USERS), SECTION_IN(AD_GROUPS) }.
 */
#ifndef COLLECT_SCHEMA_SECTION_SET_H
#define COLLECT_SCHEMA_SECTION_SET_H

#include <stdbool.h>

#include "collect/schema/section.h"

/* A zeroed struct is empty. */
struct section_set {
	bool has[SECTION_COUNT];
};

#define SECTION_IN(s) .has[s] = true

static inline void
section_set_add(struct section_set *set, enum section s)
{
	set->has[s] = true;
}

/* Adds those of OTHER. */
static inline void
section_set_join(struct section_set *set, const struct section_set *other)
{
	for (int s = 0; s < SECTION_COUNT; s++)
		set->has[s] = set->has[s] || other->has[s];
}

/* SECTION_COUNT, which stands for no section, is in none. */
static inline bool
section_set_has(const struct section_set *set, enum section s)
{
	return s < SECTION_COUNT && set->has[s];
}

static inline bool
section_set_is_empty(const struct section_set *set)
{
	for (int s = 0; s < SECTION_COUNT; s++)
		if (set->has[s])
			return false;
	return true;
}

#endif
