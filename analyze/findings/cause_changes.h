/*
 * Counting changes, each once: of the findings that are put, and of each cause.
 * Those of one object stand together; what several objects share is kept.
 */
#ifndef ANALYZE_FINDINGS_CAUSE_CHANGES_H
#define ANALYZE_FINDINGS_CAUSE_CHANGES_H

#include <stdbool.h>
#include <stdint.h>

#include "analyze/findings/cause_parts.h"

/* One of an object's. */
struct counted_change {
	uint64_t change, object;   /* fingerprints */
	uint64_t cause;            /* its number */
	bool is_shared;            /* other objects may have it */
};

/* Whether it is the first time that the cause has it. */
bool change_count_once(struct change_tally *t, const struct counted_change *c);
void change_tally_release(struct change_tally *t);

#endif
