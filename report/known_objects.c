/* Objects stand one behind the other: only the last one is compared. */
#include "report/known_objects.h"

#include <stdlib.h>
#include <string.h>

#include "base/hash.h"
#include "base/list.h"
#include "base/mem.h"
#include "report/told_key.h"

enum {
	FILTER_WORDS = 1 << 16,
	FILTER_BITS = 22,            /* of a number of a bit in it */
	FILTER_HASHES = 2,
	/* One in ten of 200,000 is let pass: it stays in the cache. */
	KEY_FILTER_BITS = 21,
	/* Enough of a key to tell millions apart; who errs holds findings. */
	KEY_BYTES = 6,
};

static uint64_t
bit_at(uint64_t change, int n)
{
	return change >> (n * FILTER_BITS) & ((1u << FILTER_BITS) - 1);
}

static bool
is_in_filter(const struct known_objects *k, uint64_t change)
{
	for (int n = 0; n < FILTER_HASHES; n++)
		if (!(k->filter[bit_at(change, n) / 64] >>
		      bit_at(change, n) % 64 & 1))
			return false;
	return true;
}

/* The changes of an object are of another one from its end on. */
static void
end_object(struct known_objects *k)
{
	for (size_t i = 0; i < k->change_count; i++)
		for (int n = 0; n < FILTER_HASHES; n++)
			k->filter[bit_at(k->changes[i], n) / 64] |=
				(uint64_t)1 << bit_at(k->changes[i], n) % 64;
	k->change_count = 0;
}

static void
take(struct view_taker *t, const struct finding *f)
{
	struct known_objects *k = (struct known_objects *)t;
	uint64_t key = told_key(f->guid, f->dn, f->object);

	if (!k->count || k->keys[k->count - 1] != key) {
		end_object(k);
		LIST_RESERVE_BY_HALF(k->keys, k->room, k->count + 1);
		k->keys[k->count++] = key;
	}
	if (f->change) {
		uint64_t change = hash_text(f->change);

		if (is_in_filter(k, change))
			id_set_add(&k->shared, change);
		LIST_RESERVE(k->changes, k->change_room, k->change_count + 1);
		k->changes[k->change_count++] = change;
	}
	if (k->next)
		k->next->finding(k->next, f);
}

void
known_objects_begin(struct known_objects *k, struct view_taker *next)
{
	k->taker.finding = take;
	k->next = next;
	k->filter = xcalloc(FILTER_WORDS, sizeof(*k->filter));
}

static int
by_key(const void *a, const void *b)
{
	const uint64_t *x = a, *y = b;

	return *x < *y ? -1 : *x > *y;
}

static void
pack_key(unsigned char out[KEY_BYTES], uint64_t key)
{
	for (int i = 0; i < KEY_BYTES; i++)
		out[i] = (unsigned char)(key >> (56 - 8 * i));
}

/* In place: each key is behind what is made of those before it. */
static void
pack(struct known_objects *k)
{
	unsigned char *out = (unsigned char *)k->keys;

	for (size_t i = 0; i < k->count; i++) {
		uint64_t key = k->keys[i];

		pack_key(out + i * KEY_BYTES, key);
	}
	k->packed = xreallocarray(k->keys, k->count + 1, KEY_BYTES);
	k->keys = NULL;
}

/* By the first bits of a key, which are as good as any others. */
static size_t
key_bit(uint64_t key)
{
	return (size_t)(key >> (64 - KEY_FILTER_BITS));
}

static void
fill_key_filter(struct known_objects *k)
{
	k->key_filter = xcalloc((1u << KEY_FILTER_BITS) / 64,
	                        sizeof(*k->key_filter));
	for (size_t i = 0; i < k->count; i++) {
		size_t bit = key_bit(k->keys[i]);

		k->key_filter[bit / 64] |= (uint64_t)1 << bit % 64;
	}
}

void
known_objects_end(struct known_objects *k)
{
	free(k->filter);
	free(k->changes);
	k->filter = k->changes = NULL;
	if (k->count)
		qsort(k->keys, k->count, sizeof(*k->keys), by_key);
	for (size_t i = 1; i < k->count; i++)
		k->scattered |= k->keys[i] == k->keys[i - 1];
	fill_key_filter(k);
	pack(k);
	mem_give_back();
}

void
known_objects_release(struct known_objects *k)
{
	free(k->keys);
	free(k->packed);
	free(k->key_filter);
	free(k->filter);
	free(k->changes);
	id_set_release(&k->shared);
}

static int
by_packed(const void *a, const void *b)
{
	return memcmp(a, b, KEY_BYTES);
}

long
known_object(const struct known_objects *k, uint64_t key)
{
	size_t bit = key_bit(key);
	unsigned char packed[KEY_BYTES];
	const unsigned char *at;

	if (!(k->key_filter[bit / 64] >> bit % 64 & 1))
		return -1;
	pack_key(packed, key);
	at = bsearch(packed, k->packed, k->count, KEY_BYTES, by_packed);
	return at ? (at - k->packed) / KEY_BYTES : -1;
}

bool
known_change_is_shared(const struct known_objects *k, uint64_t change)
{
	return id_set_has(&k->shared, change);
}
