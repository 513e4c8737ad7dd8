/*
 * A hash index from keys to objects. Keys are folded texts; the first object
 * put under a key stays. Borrows keys and objects.
 */
#ifndef ANALYZE_INDEX_H
#define ANALYZE_INDEX_H

#include <stddef.h>

struct object;

struct index {
	struct index_entry *entries;
	size_t count, room;
};

/* A zeroed struct is ready; room for COUNT keys saves growing by steps. */
void index_reserve(struct index *ix, size_t count);
void index_release(struct index *ix);
/* KEY of length 0 is ignored. */
void index_put(struct index *ix, const char *key, struct object *o);
struct object *index_get(const struct index *ix, const char *key);

#endif
