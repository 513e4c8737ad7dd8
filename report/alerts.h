/* What readiness is to be read with, for the one screen of the report. */
#ifndef REPORT_ALERTS_H
#define REPORT_ALERTS_H

#include <stddef.h>

struct buf;
struct view;

/* Appends the first few, and how many more there are. How many lines. */
size_t alerts_put(struct buf *out, const struct view *v);

#endif
