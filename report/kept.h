/* A few of many findings: the worst ones, and of these the first. */
#ifndef REPORT_KEPT_H
#define REPORT_KEPT_H

#include <stddef.h>

#include "analyze/findings/findings.h"

struct arena;

/* A zeroed struct is empty; what it has lies in the arena that it is given. */
struct kept {
	struct finding *items;
	size_t count;
};

/* Keeps a copy of F, if that is among the worst ROOM so far. */
void kept_take(struct kept *k, size_t room, const struct finding *f,
               struct arena *a);
/* All that N have: worst first, and otherwise in the order of the file. */
struct kept kept_join(const struct kept *of, size_t n, struct arena *a);

#endif
