/* What the run before had and this one has not, as the page tells it. */
#ifndef REPORT_PAGE_CLOSED_H
#define REPORT_PAGE_CLOSED_H

#include <stddef.h>
#include <stdint.h>

#include "base/mem.h"

struct err;
struct findings;

enum { CLOSED_SHOWN = 25 };

struct closed_told {
	uint64_t fixed, lost;    /* since the run before */
	uint64_t *by_rule;       /* fixed ones */
	struct closed_one {
		size_t rule;
		const char *dn, *label, *attribute, *observed;
	} items[CLOSED_SHOWN];
	size_t shown;
};

/* Texts go to A; release by_rule. 0 or -1. */
int closed_fill(struct closed_told *c, const struct findings *f,
                struct arena *a, struct err *err);

#endif
