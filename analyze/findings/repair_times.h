/* What the newer folder's timeline says of a repair: timeline.ndjson. */
#ifndef ANALYZE_FINDINGS_REPAIR_TIMES_H
#define ANALYZE_FINDINGS_REPAIR_TIMES_H

#include "base/when.h"

struct record;
struct repair;

/*
 * Takes what happened to the object of LINE that may have mended the finding:
 * after SINCE, or after the event that it is on.
 */
void repair_take_times(struct repair *r, const struct record *line,
                       when_t since);

#endif
