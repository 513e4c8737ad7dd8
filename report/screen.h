/*
 * What the command report says: one screen of 80 x 24, with what to do first
 * and what to type next. The whole summary is report/summary.h.
 */
#ifndef REPORT_SCREEN_H
#define REPORT_SCREEN_H

struct screen_end;
struct view;

/* The prompt takes the last one of 24. */
enum { SCREEN_LINES = 23 };

void screen_print(const struct view *v, const struct screen_end *end);

#endif
