/* What a finding of an earlier run told of an object (--baseline). */
#ifndef ANALYZE_RULES_REMEMBERED_H
#define ANALYZE_RULES_REMEMBERED_H

#include <stdbool.h>

#include "analyze/rules/history.h"

/*
 * The newest such event, where the run's own snapshots show none: it has no
 * BEFORE, but REMEMBERED, which says from where, where to and how sure it was.
 * False: there is none.
 */
bool remembered_find(const struct object *o, enum event_what what,
                     struct history_event *out);
/* Likewise of what happened to the value of an attribute. */
bool remembered_value(const struct object *o, enum event_what what,
                      const char *attribute, struct history_event *out);
/* Dates OWN as TOLD does, if that looked more often in the same time. */
void remembered_date(struct history_event *own,
                     const struct history_event *told);
/* Where its mail went before that was cleared; NULL: no run tells. */
const char *remembered_address(const struct object *o);

#endif
