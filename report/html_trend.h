/* The runs that the findings remember, on the page. */
#ifndef REPORT_HTML_TREND_H
#define REPORT_HTML_TREND_H

struct buf;
struct err;
struct view;

/* Nothing, where there is one run alone. 0, or -1 with ERR filled. */
int html_trend(struct buf *out, const struct view *v, struct err *err);

#endif
