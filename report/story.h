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
/*
 * The same of what only findings know, of which ONE is the first: an account
 * without an object in AD, or a domain.
 */
int story_print_findings(const struct findings *f, const struct finding *one,
                         struct err *err);

#endif
