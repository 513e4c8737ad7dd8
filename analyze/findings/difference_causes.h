/* Which causes edits cure, and which they make. */
#ifndef ANALYZE_FINDINGS_DIFFERENCE_CAUSES_H
#define ANALYZE_FINDINGS_DIFFERENCE_CAUSES_H

#include "analyze/findings/findings.h"

struct outfile;

/*
 * Writes to OUT the causes of one of the two folders that the other has not,
 * and counts them in D. 0, or -1 with ERR filled.
 */
int difference_causes(const char *const folders[DIFFERENCE_SIDES],
                      struct outfile *out, struct difference *d,
                      struct err *err);

#endif
