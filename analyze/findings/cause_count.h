/* Counting causes, as findings are put and as batches are added. */
#ifndef ANALYZE_FINDINGS_CAUSE_COUNT_H
#define ANALYZE_FINDINGS_CAUSE_COUNT_H

#include "analyze/findings/findings.h"

struct buf;

/*
 * The id of the cause of F, which is counted; it is B's, until the next one.
 * The place of the id in the line is told when that is made.
 */
const char *causes_take(struct findings_batch *b, const struct finding *f);
/* The object whose findings were taken last is blocked: GUID, DN, or key. */
void causes_block(struct cause_batch *b, const char *object);
void causes_place(struct cause_batch *b, size_t at);

/*
 * Adds what B has to TO, in its order, and empties B. Where a rule has too many
 * values its later ones get the id of the rule, in LINES as well.
 */
void causes_add(struct cause_table *to, struct cause_batch *b,
                struct buf *lines);
void causes_batch_release(struct cause_batch *b);
void causes_table_release(struct cause_table *t);

/* What is told of it: of its open findings, if it has any. */
const struct cause_tally *cause_told(const struct counted_cause *c);
/* By what they weigh: open ones, worst first, then those of most objects. */
int cause_compare(const struct counted_cause *a, const struct counted_cause *b);
/* Sorts them by their order, then those that are waived as a whole. */
void causes_sort(struct cause_table *t);

#endif
