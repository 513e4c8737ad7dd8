/* What an analysis tells on the terminal of what it found. */
#ifndef ANALYZE_OUTCOME_H
#define ANALYZE_OUTCOME_H

#include <stdint.h>

#include "analyze/findings/findings.h"
#include "analyze/rules/rules.h"

/* The summary; COUNTED are the open findings by severity. */
void outcome_print(const struct findings *f,
                   const uint64_t counted[SEVERITY_COUNT],
                   enum forecasting forecast);

#endif
