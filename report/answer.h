/* Whether synchronization can begin, in a sentence made of counts. */
#ifndef REPORT_ANSWER_H
#define REPORT_ANSWER_H

struct buf;
struct view;

/* Appends "Not ready: 37 of 61 objects in scope are blocked." */
void answer_tell(const struct view *v, struct buf *out);

#endif
