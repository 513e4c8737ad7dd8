/* Findings stream past; what is kept of them is small. */
#include "report/kept.h"

#include <string.h>

#include "base/mem.h"

/* Drops the last of the mildest for one that is worse. */
static bool
make_room(struct kept *k, enum severity severity)
{
	size_t at = 0;

	for (size_t i = 1; i < k->count; i++)
		if (k->items[i].severity >= k->items[at].severity)
			at = i;
	if (k->items[at].severity <= severity)
		return false;
	memmove(&k->items[at], &k->items[at + 1],
	        (k->count - at - 1) * sizeof(*k->items));
	k->count--;
	return true;
}

void
kept_take(struct kept *k, size_t room, const struct finding *f,
          struct arena *a)
{
	if (k->count == room && !make_room(k, f->severity))
		return;
	if (!k->items)
		k->items = arena_alloc(a, room * sizeof(*k->items));
	k->items[k->count++] = finding_copy(f, a);
}

/* The worst first; those alike stay as they stand. */
static void
kept_sort(struct kept *k)
{
	for (size_t i = 1; i < k->count; i++)
		for (size_t j = i; j > 0 && k->items[j].severity <
		     k->items[j - 1].severity; j--) {
			struct finding other = k->items[j];

			k->items[j] = k->items[j - 1];
			k->items[j - 1] = other;
		}
}

struct kept
kept_join(const struct kept *of, size_t n, struct arena *a)
{
	struct kept all = { 0 };
	size_t count = 0;

	for (size_t i = 0; i < n; i++)
		count += of[i].count;
	all.items = arena_alloc(a, count * sizeof(*all.items) + 1);
	for (size_t i = 0; i < n; i++) {
		if (of[i].count)
			memcpy(&all.items[all.count], of[i].items,
			       of[i].count * sizeof(*all.items));
		all.count += of[i].count;
	}
	kept_sort(&all);
	return all;
}
