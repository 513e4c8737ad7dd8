/* Lines of timeline.ndjson, for the reader. */
#ifndef ANALYZE_FINDINGS_TIMELINE_LINES_H
#define ANALYZE_FINDINGS_TIMELINE_LINES_H

#include "analyze/findings/findings.h"

struct arena;
struct record;

/* Of a line that was read; events go to A. 0, or -1: it lacks something. */
int timeline_take(const struct record *r, struct arena *a,
                  struct timeline *out);

#endif
