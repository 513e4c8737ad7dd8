/* The small print of a finding on the page. */
#ifndef REPORT_HTML_TOLD_H
#define REPORT_HTML_TOLD_H

struct buf;
struct finding;

/* What is proposed, or why nothing is; and since when it is known. */
void html_proposed(struct buf *out, const struct finding *f);
void html_since(struct buf *out, const struct finding *f);

#endif
