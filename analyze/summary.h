/* What analyze prints in the end. */
#ifndef ANALYZE_SUMMARY_H
#define ANALYZE_SUMMARY_H

#include "analyze/findings/findings.h"

/* SELECTION: of the rules; NULL where no forecast is written. */
void analysis_print(const struct findings *f,
                    const uint64_t counted[SEVERITY_COUNT],
                    const struct selection *selection);

/* And what to type then, with the findings in the folder OUTPUT. */
void analysis_print_next(const char *output);

#endif
