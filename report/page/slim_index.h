/*
 * An index from fingerprints to numbers for what there are hundreds of
 * thousands of: half of base/hash_index. Each number has one fingerprint; who
 * finds one must compare what stands behind it, or the lower half of the
 * fingerprint: numbers under it have the XOR of both halves already.
 */
#ifndef REPORT_PAGE_SLIM_INDEX_H
#define REPORT_PAGE_SLIM_INDEX_H

#include <stddef.h>
#include <stdint.h>

/* A zeroed one is empty. */
struct slim_index {
	struct slim_slot *slots;
	size_t room, used;
};

/* Makes room for so many numbers in all, so that none moves until then. */
void slim_index_expect(struct slim_index *x, size_t count);
void slim_index_add(struct slim_index *x, uint64_t hash, size_t number);
/* The next number under HASH: *AT begins as 0; -1 at the end. */
long slim_index_next(const struct slim_index *x, uint64_t hash, size_t *at);
void slim_index_release(struct slim_index *x);

#endif
