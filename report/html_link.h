/* Links within the page. */
#ifndef REPORT_HTML_LINK_H
#define REPORT_HTML_LINK_H

struct buf;
struct view;

/*
 * Begins a link to where the findings of that rule are: its own part, or where
 * all of them are waived that of waivers.
 */
void html_link_rule(struct buf *out, const struct view *v, const char *id);

#endif
