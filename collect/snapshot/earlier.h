/* An earlier snapshot that a collection resumes or goes on from. */
#ifndef COLLECT_SNAPSHOT_EARLIER_H
#define COLLECT_SNAPSHOT_EARLIER_H

#include "collect/snapshot/snapshot.h"

enum earlier_use { EARLIER_RESUME, EARLIER_SINCE };

/* A word of the request, which has to be the same now. */
struct earlier_word {
	const char *key, *option;
	const char *value;       /* NULL: not given */
	bool (*same)(const char *a, const char *b);  /* NULL: byte by byte */
};

/*
 * Opens the snapshot PATH and checks that it was collected live from SIDE and
 * that its request had the N words. A run
 * that was killed left its folder under the name for unfinished ones; to be
 * resumed, it gets its own name back. NULL with ERR filled.
 */
struct snapshot *earlier_open(const char *path, enum side side,
                              enum earlier_use use,
                              const struct earlier_word *words, size_t n,
                              struct err *err);

#endif
