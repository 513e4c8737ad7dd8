/*
 * The index: parts by the first bits of a fingerprint, then buckets. It has an
 * entry or more for each object of a directory: they lie without gaps, threads
 * build the parts side by side, and what is to be read is announced before
 * (base/hash_index is for cold uses).
 */
#include "analyze/model/keys.h"

#include <stdbool.h>
#include <stdlib.h>
#include <string.h>

#include "base/crew.h"
#include "base/list.h"
#include "base/mem.h"

enum { PART_BITS = 6 };

void
key_list_add(struct key_list *l, struct key k)
{
	LIST_RESERVE_BY_HALF(l->items, l->room, l->count + 1);
	l->items[l->count++] = k;
}

void
key_list_release(struct key_list *l)
{
	free(l->items);
	*l = (struct key_list){ 0 };
}

void
keys_take(struct keys *ks, struct key_list *from, size_t base)
{
	for (size_t i = 0; i < from->count && !ks->built; i++) {
		struct key k = from->items[i];

		k.row += (uint32_t)base;
		key_list_add(&ks->parts[k.hash >> (64 - PART_BITS)].list, k);
	}
	if (!ks->built)
		ks->count += from->count;
	from->count = 0;
}

void
keys_reserve(struct keys *ks, size_t n)
{
	/* Fingerprints are spread evenly; a little more than their share. */
	size_t room = n / KEY_PARTS + n / KEY_PARTS / 16 + 64;

	for (size_t i = 0; i < KEY_PARTS; i++) {
		struct key_list *l = &ks->parts[i].list;

		if (l->room >= l->count + room)
			continue;
		l->room = l->count + room;
		LIST_RESIZE(l->items, l->room);
	}
}

static size_t
bucket_of(const struct key_part *p, uint64_t hash)
{
	/* The next bits; a shift by all 64 would not be defined. */
	return (size_t)((hash << PART_BITS) >> 1 >> (63 - p->bits));
}

/* A stable counting sort by bucket: two keys in each, or so. */
static void
build_part(struct key_part *p)
{
	struct key *sorted;
	size_t n = p->list.count, buckets;

	if (!n)
		return;
	while (p->bits < 24 && (size_t)2 << p->bits < n)
		p->bits++;
	buckets = (size_t)1 << p->bits;
	p->buckets = xcalloc(buckets + 1, sizeof(*p->buckets));
	for (size_t i = 0; i < n; i++)
		p->buckets[bucket_of(p, p->list.items[i].hash) + 1]++;
	for (size_t b = 0; b < buckets; b++)
		p->buckets[b + 1] += p->buckets[b];
	sorted = xreallocarray(NULL, n, sizeof(*sorted));
	for (size_t i = 0; i < n; i++) {
		size_t b = bucket_of(p, p->list.items[i].hash);

		sorted[p->buckets[b]++] = p->list.items[i];
	}
	/* Each start was moved to its bucket's end: the next one's start. */
	memmove(p->buckets + 1, p->buckets, buckets * sizeof(*p->buckets));
	p->buckets[0] = 0;
	free(p->list.items);
	p->list = (struct key_list){ sorted, n, n };
}

struct building {
	struct crew crew;
	struct keys *keys;
};

static int
build_one(struct crew *c, unsigned lane, size_t part)
{
	(void)lane;
	build_part(&((struct building *)c)->keys->parts[part]);
	return 0;
}

static int
built(struct crew *c, unsigned lane, size_t part)
{
	(void)c;
	(void)lane;
	(void)part;
	return 0;
}

void
keys_build(struct keys *ks, unsigned jobs)
{
	struct building b = {
		.crew = { .jobs = ks->count < 4096 ? 1 : jobs,
		          .pieces = KEY_PARTS, .work = build_one,
		          .commit = built },
		.keys = ks,
	};

	crew_run(&b.crew);
	ks->built = true;
}

void
keys_release(struct keys *ks)
{
	for (size_t i = 0; i < KEY_PARTS; i++) {
		key_list_release(&ks->parts[i].list);
		free(ks->parts[i].buckets);
	}
	free(ks->marks);
	*ks = (struct keys){ 0 };
}

static size_t
mark_word(const struct keys *ks, uint64_t hash)
{
	return (size_t)(hash >> 6) & (((size_t)1 << (ks->mark_bits - 6)) - 1);
}

/* Ten bits or so for each key: one in ten strangers is taken for one. */
void
keys_mark(struct keys *ks)
{
	size_t words;

	ks->mark_bits = 6;
	while (ks->mark_bits < 32 &&
	       (size_t)1 << ks->mark_bits < 10 * ks->count)
		ks->mark_bits++;
	words = (size_t)1 << (ks->mark_bits - 6);
	ks->marks = xcalloc(words, sizeof(*ks->marks));
	for (size_t i = 0; i < KEY_PARTS; i++)
		for (size_t k = 0; k < ks->parts[i].list.count; k++) {
			uint64_t hash = ks->parts[i].list.items[k].hash;

			ks->marks[mark_word(ks, hash)] |=
				UINT64_C(1) << (hash & 63);
		}
}

void
keys_expect_mark(const struct keys *ks, uint64_t hash)
{
	if (ks->marks)
		__builtin_prefetch(&ks->marks[mark_word(ks, hash)]);
}

bool
keys_may_have(const struct keys *ks, uint64_t hash)
{
	return ks->marks[mark_word(ks, hash)] >> (hash & 63) & 1;
}

const struct key *
keys_find(const struct keys *ks, uint64_t hash, const struct key **end)
{
	const struct key_part *p = &ks->parts[hash >> (64 - PART_BITS)];
	size_t b;

	*end = NULL;
	if (!p->list.count)
		return NULL;
	b = bucket_of(p, hash);
	*end = p->list.items + p->buckets[b + 1];
	return p->list.items + p->buckets[b];
}

void
keys_expect(const struct keys *ks, uint64_t hash)
{
	const struct key_part *p = &ks->parts[hash >> (64 - PART_BITS)];

	if (p->buckets)
		__builtin_prefetch(&p->buckets[bucket_of(p, hash)]);
}

/* By fingerprint; equal ones by section and row, as they came. */
static int
by_hash(const void *a, const void *b)
{
	const struct key *x = a, *y = b;

	if (x->hash != y->hash)
		return x->hash < y->hash ? -1 : 1;
	if (x->section != y->section)
		return x->section < y->section ? -1 : 1;
	return x->row < y->row ? -1 : x->row > y->row;
}

static void
bucket_runs(struct key *items, size_t n, struct key_runs *r)
{
	size_t end;

	if (n < 2)
		return;
	qsort(items, n, sizeof(*items), by_hash);
	for (size_t i = 0; i < n; i = end) {
		for (end = i + 1; end < n &&
		     items[end].hash == items[i].hash; end++)
			;
		if (end - i > 1)
			r->each(r, items + i, end - i);
	}
}

/* Whether a bucket of two or three, as most are, has no equal ones. */
static bool
all_differ(const struct key *k, size_t n)
{
	return n < 2 || (n < 4 && k[0].hash != k[1].hash &&
	                 (n < 3 || (k[0].hash != k[2].hash &&
	                            k[1].hash != k[2].hash)));
}

void
keys_runs(struct keys *ks, struct key_runs *r)
{
	for (size_t i = 0; i < KEY_PARTS; i++) {
		struct key_part *p = &ks->parts[i];
		size_t n = p->buckets ? (size_t)1 << p->bits : 0;

		for (size_t b = 0; b < n; b++) {
			struct key *k = p->list.items + p->buckets[b];
			size_t count = p->buckets[b + 1] - p->buckets[b];

			if (!all_differ(k, count))
				bucket_runs(k, count, r);
		}
	}
}
