/* The dates by which something is to be done, as findings tell them. */
#ifndef REPORT_PAGE_DEADLINES_H
#define REPORT_PAGE_DEADLINES_H

#include <stddef.h>
#include <stdint.h>

#include "analyze/findings/findings.h"
#include "base/mem.h"

enum { DEADLINES_SHOWN = 6 };

struct page_deadline {
	when_t date;
	enum deadline_kind kind;
	const char *guid, *dn, *label, *rule;
};

struct deadline_list {
	struct page_deadline items[DEADLINES_SHOWN];
	size_t count;
};

/* The soonest to come, and of those that passed the last. Zeroed is empty. */
struct deadlines {
	struct deadline_list coming, past;
	uint64_t all;
};

/* Counts that of F, if it has one that is not told yet; texts go to A. */
void deadlines_add(struct deadlines *d, const struct finding *f, when_t now,
                   struct arena *a);
/* All that are shown, by date, in OUT; how many they are. */
size_t deadlines_sorted(const struct deadlines *d,
                        struct page_deadline out[DEADLINES_SHOWN]);

#endif
