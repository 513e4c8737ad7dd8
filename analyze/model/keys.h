/*
 * An index from 64-bit fingerprints to rows. It is filled, then built, then
 * read. A fingerprint that is found is no proof: who asks must compare what
 * stands behind it.
 */
#ifndef ANALYZE_MODEL_KEYS_H
#define ANALYZE_MODEL_KEYS_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/hash.h"

struct key {
	uint64_t hash;
	uint32_t row;
	uint32_t section;
};

/* Keys on their way into an index. */
struct key_list {
	struct key *items;
	size_t count, room;
};

void key_list_add(struct key_list *l, struct key k);
void key_list_release(struct key_list *l);

enum { KEY_PARTS = 64 };

/* A part holds the fingerprints that begin alike, in buckets. */
struct key_part {
	struct key_list list;
	uint32_t *buckets;       /* where each begins in the list */
	unsigned bits;           /* of the fingerprint that choose the bucket */
};

struct keys {
	struct key_part parts[KEY_PARTS];
	size_t count;
	bool built;              /* nothing more is taken */
	uint64_t *marks;         /* a bit for each, by its last bits */
	unsigned mark_bits;
};

/*
 * A zeroed struct is ready. Takes what the list holds and empties it; rows are
 * counted from BASE.
 */
void keys_take(struct keys *ks, struct key_list *from, size_t base);
/* Room for N more keys, which spares growing by steps. */
void keys_reserve(struct keys *ks, size_t n);
/* After this, keys can be found; JOBS threads help. */
void keys_build(struct keys *ks, unsigned jobs);
void keys_release(struct keys *ks);

/*
 * The keys that may have HASH: from the result to *END, to be compared with it
 * one by one. Equal ones stand in the order in which they came.
 */
const struct key *keys_find(const struct keys *ks, uint64_t hash,
                            const struct key **end);

/*
 * Whether keys_find may find HASH; most that are not there are known so, at
 * the price of a glance. Only after keys_mark.
 */
void keys_mark(struct keys *ks);
bool keys_may_have(const struct keys *ks, uint64_t hash);
/* Says that keys_may_have will soon be asked. */
void keys_expect_mark(const struct keys *ks, uint64_t hash);

/* Says that keys_find will soon be asked for HASH. */
void keys_expect(const struct keys *ks, uint64_t hash);

/*
 * Calls EACH for every run of two keys or more that have the same fingerprint;
 * they stand in the order in which they came.
 */
struct key_runs {
	void (*each)(struct key_runs *r, const struct key *first, size_t n);
};
void keys_runs(struct keys *ks, struct key_runs *r);

#endif
