/* Since when a finding is known, by --baseline. */
#ifndef REPORT_SINCE_H
#define REPORT_SINCE_H

struct buf;
struct finding;

/*
 * Appends "open since 2016-01-15, reopened on 2016-02-15"; nothing without a
 * baseline.
 */
void since_text(struct buf *out, const struct finding *f);

#endif
