/* Sets of causes by what they are made of. */
#include "analyze/findings/blocked_sets.h"

#include <stdlib.h>
#include <string.h>

#include "base/hash.h"
#include "base/list.h"

static int
by_number(const void *a, const void *b)
{
	uint32_t x = *(const uint32_t *)a, y = *(const uint32_t *)b;

	return x < y ? -1 : x > y;
}

/* Each once; how many these are. */
static size_t
sort_once(uint32_t *causes, size_t n)
{
	size_t kept = 0;

	if (n > 1)
		qsort(causes, n, sizeof(*causes), by_number);
	for (size_t i = 0; i < n; i++)
		if (!kept || causes[i] != causes[kept - 1])
			causes[kept++] = causes[i];
	return kept;
}

static bool
is_set(const struct blocked_sets *s, const struct blocked_set *set,
       const uint32_t *causes, size_t n, bool stays)
{
	return set->count == n && set->stays == stays &&
	       memcmp(&s->causes[set->from], causes, n * sizeof(*causes)) == 0;
}

static struct blocked_set *
find(struct blocked_sets *s, const uint32_t *causes, size_t n, bool stays,
     uint64_t hash)
{
	size_t at = HASH_INDEX_FIRST;
	long i;

	while ((i = hash_index_next(&s->by_hash, hash, &at)) >= 0)
		if (is_set(s, &s->items[i], causes, n, stays))
			return &s->items[i];
	return NULL;
}

static struct blocked_set *
append(struct blocked_sets *s, const uint32_t *causes, size_t n, bool stays,
       uint64_t hash)
{
	struct blocked_set *set;

	LIST_RESERVE(s->items, s->room, s->count + 1);
	LIST_RESERVE(s->causes, s->cause_room, s->cause_count + n);
	hash_index_add(&s->by_hash, hash, s->count);
	set = &s->items[s->count++];
	*set = (struct blocked_set){
		.from = s->cause_count, .count = n, .stays = stays
	};
	memcpy(&s->causes[s->cause_count], causes, n * sizeof(*causes));
	s->cause_count += n;
	return set;
}

void
blocked_sets_add(struct blocked_sets *s, uint32_t *causes, size_t n,
                 bool stays)
{
	struct blocked_set *set;
	uint64_t hash;

	n = sort_once(causes, n);
	if (!n)
		return;
	hash = hash_bytes(causes, n * sizeof(*causes)) + stays;
	set = find(s, causes, n, stays, hash);
	if (!set)
		set = append(s, causes, n, stays, hash);
	set->objects++;
}

void
blocked_sets_release(struct blocked_sets *s)
{
	free(s->items);
	free(s->causes);
	hash_index_release(&s->by_hash);
	*s = (struct blocked_sets){ .count = 0 };
}
