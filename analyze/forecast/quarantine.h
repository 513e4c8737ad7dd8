/*
 * Values that several objects claim, and who has them in the end: what an
 * object of the tenant holds already stays with it; of two that are new the one
 * that was created first in AD is taken to come first, then the one with the
 * smaller objectGUID ("Identity synchronization and duplicate attribute
 * resiliency": the first keeps it, the second is quarantined; who comes first
 * is not documented).
 */
#ifndef ANALYZE_FORECAST_QUARANTINE_H
#define ANALYZE_FORECAST_QUARANTINE_H

#include <stdbool.h>

#include "analyze/forecast/forecast.h"
#include "analyze/object/object.h"

/* Who else wants the value, and who gets it. */
struct quarantine_answer {
	enum quarantine_end end;
	const struct object *other;  /* NULL when nobody else wants it */
	const char *who;             /* "the user jan (CN=...)"; or NULL */
	struct key key;              /* of OTHER, where there is one */
	enum having how;
};

/* For the object at hand; texts are in A. */
struct quarantine_answer quarantine_ask(struct quarantine *c, enum unique kind,
                                        const char *value, struct arena *a);
/* The AD object whose account the key is of; NULL: none is known. In A. */
const struct object *quarantine_source(struct quarantine *c,
                                       const struct key *account,
                                       struct arena *a);
/* "the user Jan Vos (jan)": as object_described. */
const char *quarantine_describe(const struct object *o, struct arena *a);
/* Whether the key is the object's that asks. */
bool quarantine_is_asking(const struct quarantine *c, const struct key *k);
/*
 * Whether it may be the same object, from another file that has none of the
 * keys in common: nobody is his own rival.
 */
bool quarantine_may_be_asking(struct quarantine *c, const struct key *k,
                              struct arena *a);
/*
 * The object of the tenant, without one in AD, that holds the value; NULL:
 * there is none. In A.
 */
const struct object *quarantine_holder(struct quarantine *c, enum unique kind,
                                       const char *value, struct arena *a);

#endif
