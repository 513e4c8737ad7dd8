/*
 * How a user of the tenant has each of its licences: Graph's
 * licenseAssignmentStates, one for each product, and for each group that gives
 * it or the user himself. A part of object.h.
 */
#ifndef ANALYZE_OBJECT_LICENCES_H
#define ANALYZE_OBJECT_LICENCES_H

#include <stdbool.h>

struct arena;

/* What a licence is that a user is to have. */
enum licence_is {
	LICENCE_ACTIVE,
	LICENCE_STUCK,             /* in use, but what it should be it is not */
	LICENCE_FAILED,            /* it is not in use */
	LICENCE_OFF,               /* disabled, or a word that is not known */
};

struct licence_state {
	const struct licence_state *next;
	enum licence_is is;
	const char *sku;           /* a GUID, or NULL */
	const char *group;         /* the id of the group; NULL: none */
	const char *error;         /* "CountViolation"; or NULL */
};

/* Whether any of the licences may have failed, as few have; NULL: none. */
bool licences_may_fail(const char *json);
/* All of them, in their order, in A; NULL: none. */
const struct licence_state *licences_read(const char *json, struct arena *a);

#endif
