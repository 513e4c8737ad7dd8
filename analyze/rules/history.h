/*
 * Events: what happened to an object between two looks at it, dated as well as
 * snapshots and replication metadata allow.
 */
#ifndef ANALYZE_RULES_HISTORY_H
#define ANALYZE_RULES_HISTORY_H

#include <stdbool.h>

#include "analyze/model/model.h"

/* It happened after AFTER and not later than BY; equal when known exactly. */
struct history_event {
	when_t after, by;
	const struct history *before;    /* the last look at the old state */
	bool dated;                      /* by replication metadata */
	const struct remembered *remembered;       /* remembered_find's */
};

/*
 * The last change from a state in which WAS held to the present one; false
 * when no older snapshot saw that state.
 */
bool history_find(const struct object *o,
                  bool (*was)(const struct history *s),
                  struct history_event *out);

/* Dates the event by the metadata of the attribute that it wrote. */
void history_date(struct history_event *e, const struct stamp *stamp);

/* "between 2015-10-12 and 2016-02-15", or "on 2015-10-20"; in the arena. */
const char *history_text(const struct history_event *e, struct arena *a);

/*
 * Whether the password is certainly older than the event. A password that was
 * set in between, or whose time is not known, is not.
 */
bool history_outdates_password(const struct history_event *e,
                               const struct object *o);

#endif
