/* Sentences on a terminal of 80 columns. */
#ifndef REPORT_WRAP_H
#define REPORT_WRAP_H

/*
 * Prints TEXT, made safe, behind HEAD; further lines are as far in as HEAD is
 * long. What has no blank is never cut, so that names can be copied.
 */
void wrap_print(const char *head, const char *text);

#endif
