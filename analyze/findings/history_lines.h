/* Lines of history.ndjson: one of each run. */
#ifndef ANALYZE_FINDINGS_HISTORY_LINES_H
#define ANALYZE_FINDINGS_HISTORY_LINES_H

#include "analyze/findings/trend.h"

struct buf;
struct cause_table;
struct compared_file;

/* Of the rules that ran: 16 hexadecimal digits; lives in A. */
const char *history_rule_set(const struct findings *f, struct arena *a);
/* "ad", "tenant", "ad, tenant", or "". */
const char *history_sides(const struct findings *f);

/* CLASSES: of the writer, for the counts by class. */
void history_put(struct buf *out, const struct trend_run *run,
                 const struct cause_table *classes);
/* That of the line at hand; texts go to A. 0 or -1. */
int history_take(const struct compared_file *s, struct arena *a,
                 struct trend_run *out, struct err *err);

#endif
