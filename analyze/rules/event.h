/*
 * Events: what happened to an object between two looks at it, dated as well as
 * snapshots and replication metadata allow.
 */
#ifndef ANALYZE_RULES_EVENT_H
#define ANALYZE_RULES_EVENT_H

#include <stdbool.h>

#include "analyze/model/model.h"

/* It happened after AFTER and not later than BY; equal when known exactly. */
struct event {
	when_t after, by;
	const struct sighting *before;   /* the last look at the old state */
	bool dated;                      /* by replication metadata */
};

/*
 * The last change from a state in which WAS held to the present one; false
 * when no older snapshot saw that state.
 */
bool event_find(const struct object *o,
                bool (*was)(const struct sighting *s), struct event *out);

/* Dates the event by the metadata of the attribute that it wrote. */
void event_date(struct event *e, const struct stamp *stamp);

/* "between 2015-10-12 and 2016-02-15", or "on 2015-10-20"; in the arena. */
const char *event_text(const struct event *e, struct arena *a);

/*
 * Whether the password is certainly older than the event. A password that was
 * set in between, or whose time is not known, is not.
 */
bool event_is_after_password(const struct event *e, const struct object *o);

#endif
