/*
 * An index from 64-bit fingerprints to numbers, such as those of rows in an
 * array (of the whole directory: analyze's keys). Any count of numbers may have
 * one fingerprint, and one that is found is no proof: who asks must compare
 * what stands behind it.
 */
#ifndef BASE_HASH_INDEX_H
#define BASE_HASH_INDEX_H

#include <stddef.h>
#include <stdint.h>

/* A zeroed struct is empty. */
struct hash_index {
	struct hash_slot *slots;
	size_t room, used;           /* of slots: one for each fingerprint */
	struct hash_item *items;
	size_t item_room, count;     /* of numbers */
};

void hash_index_add(struct hash_index *x, uint64_t hash, size_t number);
void hash_index_release(struct hash_index *x);
/*
 * The numbers under HASH in the order they were added: *AT begins as
 * HASH_INDEX_FIRST; -1 at the end. Nothing may be added on the way.
 */
#define HASH_INDEX_FIRST SIZE_MAX
long hash_index_next(const struct hash_index *x, uint64_t hash, size_t *at);

#endif
