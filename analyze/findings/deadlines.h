/* By when something is to be done: counted, and in the manifest. */
#ifndef ANALYZE_FINDINGS_DEADLINES_H
#define ANALYZE_FINDINGS_DEADLINES_H

#include "analyze/findings/findings.h"

struct json;

/* What F, which is put, says of a day. A zeroed tally is empty. */
void deadlines_take(struct deadline_tally *t, const struct finding *f);
/* Adds what FROM has to TO, and empties FROM. */
void deadlines_move(struct deadline_tally *to, struct deadline_tally *from);
void deadlines_release(struct deadline_tally *t);

/*
 * Adds the list to O: what was put, and the support of the engine and of the
 * servers of F. What can be restored no more by then is left out.
 */
void deadlines_to_json(struct json *o, const struct findings *f,
                       const struct deadline_tally *put);
/* Fills F from the list; texts go to A. Older findings have none. */
void deadlines_from_json(const struct json *list, struct arena *a,
                         struct findings *f);

#endif
