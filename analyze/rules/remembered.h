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

#endif
