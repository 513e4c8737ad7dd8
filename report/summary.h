/* What a person at the terminal reads after a report was written. */
#ifndef REPORT_SUMMARY_H
#define REPORT_SUMMARY_H

struct view;

/* Counts, the worst findings, what was not assessed; to standard output. */
void summary_print(const struct view *v);

#endif
