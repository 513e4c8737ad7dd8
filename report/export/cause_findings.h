/* The worst findings of each cause that is told. */
#ifndef REPORT_EXPORT_CAUSE_FINDINGS_H
#define REPORT_EXPORT_CAUSE_FINDINGS_H

#include <stddef.h>

#include "analyze/findings/findings.h"
#include "base/mem.h"
#include "report/first_causes.h"
#include "report/kept.h"

struct err;

struct cause_findings {
	struct kept of[FIRST_CAUSES];    /* worst first, of cause I */
	struct arena arena;
};

/*
 * Reads all findings once, and keeps ROOM open ones of each of CAUSES. 0, or
 * -1 with ERR filled; release it in any case.
 */
int cause_findings_fill(struct cause_findings *c,
                        const struct first_causes *causes, size_t room,
                        const struct findings *f, struct err *err);
void cause_findings_release(struct cause_findings *c);

#endif
