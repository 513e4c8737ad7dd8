/* Which causes edits cure, and which they make. */
#ifndef ANALYZE_FINDINGS_DIFFERENCE_CAUSES_H
#define ANALYZE_FINDINGS_DIFFERENCE_CAUSES_H

#include "analyze/findings/findings.h"

struct outfile;
struct record;

/*
 * Writes to OUT the causes of one of the two folders that the other has not,
 * and counts those in D that are open, in WRITTEN all. 0, or -1 with ERR
 * filled.
 */
int difference_causes(const char *const folders[DIFFERENCE_SIDES],
                      struct outfile *out, struct difference *d,
                      uint64_t *written, struct err *err);
/* What is waived is written, and not counted: whether the finding is open. */
bool difference_is_open(const struct record *r);

#endif
