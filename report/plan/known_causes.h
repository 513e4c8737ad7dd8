/* What a plan says of causes: of each as little as that. */
#ifndef REPORT_PLAN_KNOWN_CAUSES_H
#define REPORT_PLAN_KNOWN_CAUSES_H

#include <stddef.h>
#include <stdint.h>

#include "base/hash_index.h"
#include "base/mem.h"

struct err;
struct findings;

struct known_cause {
	const char *id, *title, *action;
	uint32_t order;          /* 0: not known */
};

struct known_causes {
	struct known_cause *items;
	size_t count, room;
	struct hash_index by_id;
	struct arena texts;
};

/* Fills a zeroed C; 0, or -1 with ERR filled. Release it in any case. */
int known_causes_fill(struct known_causes *c, const struct findings *f,
                      struct err *err);
void known_causes_release(struct known_causes *c);
/* The cause of that id, which may be NULL; NULL: there is none. */
const struct known_cause *known_cause(const struct known_causes *c,
                                      const char *id);

#endif
