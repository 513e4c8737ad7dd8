/* Why something was not looked at, in a page. */
#ifndef REPORT_HTML_REASON_H
#define REPORT_HTML_REASON_H

struct buf;

/* Appends REASON: as text, or as a list if it has several parts. */
void html_reason(struct buf *out, const char *reason);

#endif
