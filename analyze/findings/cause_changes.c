/* Which changes were counted. */
#include "analyze/findings/cause_changes.h"

#include <string.h>

/* By an odd factor no two causes get one print of a change. */
static uint64_t
print_of(const struct counted_change *c)
{
	return c->change ^ (c->cause + 1) * UINT64_C(0x9e3779b97f4a7c15);
}

static bool
keep_once(struct change_tally *t, uint64_t print)
{
	size_t at = HASH_INDEX_FIRST;

	if (hash_index_next(&t->kept, print, &at) >= 0)
		return false;
	hash_index_add(&t->kept, print, 0);
	return true;
}

static bool
count_kept(struct change_tally *t, const struct counted_change *c)
{
	t->total += keep_once(t, c->change);
	return keep_once(t, print_of(c));
}

bool
change_count_once(struct change_tally *t, const struct counted_change *c)
{
	bool is_known = false;

	if (c->is_shared)
		return count_kept(t, c);
	if (c->object != t->object)
		t->count = 0;
	t->object = c->object;
	for (size_t i = 0; i < t->count; i++) {
		if (t->at_hand[i].change != c->change)
			continue;
		if (t->at_hand[i].cause == c->cause)
			return false;
		is_known = true;
	}
	if (t->count == CHANGES_AT_HAND) {
		if (!is_known)
			return count_kept(t, c);
		return keep_once(t, print_of(c));
	}
	t->at_hand[t->count].change = c->change;
	t->at_hand[t->count++].cause = c->cause;
	t->total += !is_known;
	return true;
}

void
change_tally_release(struct change_tally *t)
{
	hash_index_release(&t->kept);
	*t = (struct change_tally){ .count = 0 };
}
