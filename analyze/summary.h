/* What analyze prints in the end. */
#ifndef ANALYZE_SUMMARY_H
#define ANALYZE_SUMMARY_H

#include "analyze/findings/findings.h"

/* SELECTION: of the rules; NULL where no forecast is written. */
void analysis_print(const struct findings *f,
                    const uint64_t counted[SEVERITY_COUNT],
                    const struct selection *selection);

#endif
