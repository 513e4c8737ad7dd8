/*
 * Comparing two folders of findings, one of which may be one that is being
 * written: what finding_change.h shows, for this room.
 */
#ifndef ANALYZE_FINDINGS_DIFF_H
#define ANALYZE_FINDINGS_DIFF_H

#include "analyze/findings/diff_side.h"
#include "analyze/findings/finding_change.h"

/* Whether events that the older run told were remembered in the newer one. */
enum diff_memory { DIFF_FORGETS, DIFF_REMEMBERS };

struct findings_diff *diff_open(const struct diff_side sides[DIFFERENCE_SIDES],
                                enum diff_memory memory, struct err *err);
/* Whether the newer folder has it. */
struct print;
bool diff_has_new(const struct findings_diff *d, const struct print *p);

#endif
