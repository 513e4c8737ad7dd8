/* Whether synchronization can begin, in a sentence made of counts. */
#ifndef REPORT_ANSWER_H
#define REPORT_ANSWER_H

#include <stdint.h>

struct buf;
struct view;

/* Appends "1,234 objects". */
void answer_tell_count(struct buf *out, uint64_t n, const char *one,
                       const char *many);
/* Appends "Not ready: 37 of 61 objects in scope are blocked." */
void answer_tell(const struct view *v, struct buf *out);

#endif
