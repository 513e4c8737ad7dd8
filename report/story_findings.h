/* The findings of one object on the terminal, the worst first. */
#ifndef REPORT_STORY_FINDINGS_H
#define REPORT_STORY_FINDINGS_H

#include <stddef.h>

#include "analyze/findings/findings.h"

struct err;

/* What an object is told by. */
struct told_by {
	const char *guid, *dn, *object;
};

/*
 * Prints the findings of the object, by severity, and then in the order of the
 * rules; counts them by severity. 0 or -1.
 */
int story_findings_print(const struct findings *all, const struct told_by *by,
                         size_t counts[SEVERITY_COUNT], struct err *err);

#endif
