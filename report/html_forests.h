/*
 * The parts of report.html that tell forests apart. With one forest, or none
 * that is known, all but html_forest_told print nothing.
 */
#ifndef REPORT_HTML_FORESTS_H
#define REPORT_HTML_FORESTS_H

#include "analyze/findings/findings.h"

struct buf;
struct view;
struct view_rule;

/* In a sentence: the name of the only forest, and the days of its data. */
void html_forest_told(struct buf *out, const struct view *v);

/* A row for each forest, and what filters the page by them. */
void html_forests(struct buf *out, const struct view *v);
/* The rules of style by which the filter acts; numbers and nothing else. */
void html_forest_style(struct buf *out, const struct view *v);

/* Begins a row, which the filter shows for the forest NAME, or none. */
void html_forest_row(struct buf *out, const struct view *v, const char *name);
/* The column: its head, and the cell of the forest NAME. */
void html_forest_head(struct buf *out, const struct view *v);
void html_forest_cell(struct buf *out, const struct view *v, const char *name);

/* Within a tag: of which forests the rule has findings. */
void html_rule_forests(struct buf *out, const struct view *v,
                       const struct view_rule *r);
/* How many each of them has, and how many of these are shown. */
void html_forest_counts(struct buf *out, const struct view *v,
                        const struct view_rule *r);
void html_shown_forests(struct buf *out, const struct view *v,
                        const struct view_rule *r);

/* How many objects of each the action is done to. */
void html_forest_actions(struct buf *out, const struct view *v, enum action a);

/* The findings about objects of two forests. */
void html_crossing(struct buf *out, const struct view *v);

#endif
