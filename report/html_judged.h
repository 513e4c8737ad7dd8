/* The part of report.html about what was judged. */
#ifndef REPORT_HTML_JUDGED_H
#define REPORT_HTML_JUDGED_H

struct buf;
struct view;

/* Snapshots, domains where there are several, and sections. */
void html_judged(struct buf *out, const struct view *v);

#endif
