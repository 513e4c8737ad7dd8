/* Hash index: open addressing, 64-bit FNV-1a, keys compared in full. */
#include "analyze/index.h"

#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include "base/mem.h"

struct index_entry {
	uint64_t hash;
	const char *key;         /* NULL: free */
	struct object *object;
};

void
index_release(struct index *ix)
{
	free(ix->entries);
	*ix = (struct index){ 0 };
}

static uint64_t
hash_of(const char *key)
{
	uint64_t hash = UINT64_C(14695981039346656037);

	for (; *key; key++)
		hash = (hash ^ (unsigned char)*key) * UINT64_C(1099511628211);
	return hash ^ hash >> 32;
}

/* The entry of KEY, or the free one where it would go. */
static struct index_entry *
slot(const struct index *ix, const char *key, uint64_t hash)
{
	size_t mask = ix->room - 1, at = hash & mask;

	while (ix->entries[at].key &&
	       (ix->entries[at].hash != hash ||
	        strcmp(ix->entries[at].key, key) != 0))
		at = (at + 1) & mask;
	return &ix->entries[at];
}

static void
resize(struct index *ix, size_t room)
{
	struct index bigger = { .room = room, .count = ix->count };

	bigger.entries = xcalloc(bigger.room, sizeof(*bigger.entries));
	for (size_t i = 0; i < ix->room; i++)
		if (ix->entries[i].key)
			*slot(&bigger, ix->entries[i].key,
			      ix->entries[i].hash) = ix->entries[i];
	free(ix->entries);
	*ix = bigger;
}

void
index_reserve(struct index *ix, size_t count)
{
	size_t room = 1024;

	while (room < 2 * (count + 1))
		room *= 2;
	if (room > ix->room)
		resize(ix, room);
}

void
index_put(struct index *ix, const char *key, struct object *o)
{
	struct index_entry *e;
	uint64_t hash;

	if (!key || !*key)
		return;
	if (2 * (ix->count + 1) > ix->room)
		resize(ix, ix->room ? 2 * ix->room : 1024);
	hash = hash_of(key);
	e = slot(ix, key, hash);
	if (e->key)
		return;
	*e = (struct index_entry){ .hash = hash, .key = key, .object = o };
	ix->count++;
}

struct object *
index_get(const struct index *ix, const char *key)
{
	if (!ix->room || !key || !*key)
		return NULL;
	return slot(ix, key, hash_of(key))->object;
}
