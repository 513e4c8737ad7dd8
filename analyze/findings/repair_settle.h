/* The verdict on what is no longer found. */
#ifndef ANALYZE_FINDINGS_REPAIR_SETTLE_H
#define ANALYZE_FINDINGS_REPAIR_SETTLE_H

#include "analyze/findings/diff_side.h"
#include "analyze/findings/repair.h"

struct buf;

/* Sets kind and reason; the reason is in OUT. */
void repair_settle(struct repair *r,
                   const struct diff_side sides[DIFFERENCE_SIDES],
                   struct buf *out);

#endif
