/* Writing closed.ndjson. */
#ifndef ANALYZE_FINDINGS_CLOSED_WRITE_H
#define ANALYZE_FINDINGS_CLOSED_WRITE_H

#include "analyze/findings/findings.h"

struct diff_side;

/*
 * What BASELINE has, open or closed, and W has not; counts all changes in OUT.
 * 0, or -1 with ERR filled.
 */
int closed_write(struct findings_writer *w, const struct findings *f,
                 const struct findings *baseline, struct change_counts *out,
                 struct err *err);

#endif
