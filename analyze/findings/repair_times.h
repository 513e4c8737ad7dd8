/* What the newer folder's timeline says of a repair: timeline.ndjson. */
#ifndef ANALYZE_FINDINGS_REPAIR_TIMES_H
#define ANALYZE_FINDINGS_REPAIR_TIMES_H

#include "base/when.h"

struct repair;
struct timeline;

/*
 * Takes what happened to the object, as T tells it, that may have mended the
 * finding: after SINCE, or after the event that it is on.
 */
void repair_take_times(struct repair *r, const struct timeline *t,
                       when_t since);

#endif
