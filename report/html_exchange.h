/* The part of report.html about the last Exchange server. */
#ifndef REPORT_HTML_EXCHANGE_H
#define REPORT_HTML_EXCHANGE_H

struct buf;
struct view;

/* Verdict, servers, the order of work, the ways out; nothing without AD. */
void html_exchange(struct buf *out, const struct view *v);

#endif
