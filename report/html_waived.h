/* What is waived, with who says so, and what became of the waivers. */
#ifndef REPORT_HTML_WAIVED_H
#define REPORT_HTML_WAIVED_H

struct buf;
struct view;

/* Nothing, where nothing is waived and no waiver is told. */
void html_waived(struct buf *out, const struct view *v);

#endif
