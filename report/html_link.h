/* Links within the page, and how its tables call objects. */
#ifndef REPORT_HTML_LINK_H
#define REPORT_HTML_LINK_H

struct buf;
struct finding;
struct view;

/*
 * Begins a link to where the findings of that rule are: its own part, or where
 * all of them are waived that of waivers.
 */
void html_link_rule(struct buf *out, const struct view *v, const char *id);
/* The cell of a finding's object. */
void html_object_cell(struct buf *out, const struct finding *f);

#endif
