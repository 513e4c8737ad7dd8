/* The forests of a view. */
#ifndef REPORT_VIEW_FORESTS_H
#define REPORT_VIEW_FORESTS_H

struct arena;
struct view;

/* Fills them from the manifest; what they have lies in A. */
void view_forests_fill(struct view *v, struct arena *a);

#endif
