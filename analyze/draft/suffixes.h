/* The domains of sign-in names, and how many users have each. */
#ifndef ANALYZE_DRAFT_SUFFIXES_H
#define ANALYZE_DRAFT_SUFFIXES_H

#include <stddef.h>
#include <stdint.h>

#include "base/hash_index.h"

struct suffix {
	char *domain;            /* as it was met first */
	uint64_t users;
};

/* A zeroed struct is empty. */
struct suffixes {
	struct suffix *items;
	size_t count, room;
	struct hash_index index;
};

void suffixes_release(struct suffixes *s);
/* Counts one more user of the domain, whatever its case. */
void suffixes_take(struct suffixes *s, const char *domain);
/* Puts the most frequent first; then nothing more is counted. */
void suffixes_sort(struct suffixes *s);

#endif
