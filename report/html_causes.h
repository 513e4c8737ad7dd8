/* What findings share, in report.html. */
#ifndef REPORT_HTML_CAUSES_H
#define REPORT_HTML_CAUSES_H

struct buf;
struct view;

/* Appends the causes, worst first; nothing if there are none. */
void html_causes(struct buf *out, const struct view *v);

#endif
