/*
 * A line after the other is of the same forest, so that the row that was met
 * last is looked at first; and forests are few. Names are copied: whose they
 * were may be gone before the batch is.
 */
#include "analyze/findings/forest_tally.h"

#include <stdlib.h>
#include <string.h>

#include "base/list.h"
#include "base/mem.h"

const struct forest_tally *
forest_tally_find(const struct forest_tallies *t, const char *name)
{
	const char *sought = name ? name : "";

	for (size_t i = 0; i < t->count; i++)
		if (strcmp(t->items[i].name, sought) == 0)
			return &t->items[i];
	return NULL;
}

struct forest_tally *
forest_tally_of(struct forest_tallies *t, const char *name)
{
	const char *sought = name ? name : "";
	size_t i = 0;

	if (t->count && strcmp(t->items[t->last].name, sought) == 0)
		return &t->items[t->last];
	while (i < t->count && strcmp(t->items[i].name, sought) != 0)
		i++;
	LIST_RESERVE(t->items, t->room, i + 1);
	if (i == t->count)
		t->items[t->count++] = (struct forest_tally){
			.name = xstrdup(sought),
		};
	t->last = i;
	return &t->items[i];
}

static void
move_counts(uint64_t *to, uint64_t *from, size_t n)
{
	for (size_t i = 0; i < n; i++) {
		to[i] += from[i];
		from[i] = 0;
	}
}

void
forest_tallies_move(struct forest_tallies *to, struct forest_tallies *from)
{
	for (size_t i = 0; i < from->count; i++) {
		struct forest_tally *f = &from->items[i];
		struct forest_tally *t = forest_tally_of(to, f->name);

		move_counts(t->by_severity, f->by_severity, SEVERITY_COUNT);
		move_counts(t->by_readiness, f->by_readiness, READINESS_COUNT);
		move_counts(t->by_action, f->by_action, ACTION_COUNT);
		move_counts(&t->orphans, &f->orphans, 1);
	}
}

void
forest_tallies_release(struct forest_tallies *t)
{
	for (size_t i = 0; i < t->count; i++)
		free(t->items[i].name);
	free(t->items);
	*t = (struct forest_tallies){ 0 };
}
