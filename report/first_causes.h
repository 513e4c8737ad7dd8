/* The causes that reports show: the first of the file, worst first. */
#ifndef REPORT_FIRST_CAUSES_H
#define REPORT_FIRST_CAUSES_H

#include <stddef.h>
#include <stdint.h>

#include "analyze/findings/findings.h"

struct arena;
struct err;

enum { FIRST_CAUSES = 100 };

struct first_causes {
	const struct cause *items;
	size_t count;
	/*
	 * All that have open findings, and those, of which the attached ones
	 * are none of the others.
	 */
	uint64_t all, findings, attached;
};

/*
 * Reads all causes once, and keeps MOST; texts go to A. 0, or -1 with ERR
 * filled.
 */
int first_causes_fill(struct first_causes *c, const struct findings *f,
                      size_t most, struct arena *a, struct err *err);

#endif
