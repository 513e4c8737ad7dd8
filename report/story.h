/* One object's story, for the terminal. */
#ifndef REPORT_STORY_H
#define REPORT_STORY_H

#include "analyze/findings/findings.h"

struct err;

/*
 * Prints all that F's folder says of the object of the forecast: scope, match,
 * values and where they come from, changes, findings, history. 0, or -1 with
 * ERR filled.
 */
int story_print(const struct findings *f, const struct forecast *o,
                struct err *err);
/* The same of an object that only findings know: GUID is its Entra id. */
int story_print_findings(const struct findings *f, const char *guid,
                         struct err *err);

#endif
