/* Lists of accounts that objects of AD explain (cause.c). */
#include <stdlib.h>
#include <string.h>

#include "analyze/rules/rules.h"
#include "base/list.h"

static int
by_account(const void *a, const void *b)
{
	const struct explained_account *x = a, *y = b;
	int rc = memcmp(&x->account, &y->account, sizeof(x->account));

	return rc ? rc : x->order < y->order ? -1 : x->order > y->order;
}

void
explained_sort(struct explained *e)
{
	if (e->count)
		qsort(e->items, e->count, sizeof(*e->items), by_account);
}

void
explained_move(struct explained *to, struct explained *from)
{
	if (!from->count)
		return;
	LIST_RESERVE(to->items, to->room, to->count + from->count);
	for (size_t i = 0; i < from->count; i++) {
		to->items[to->count] = from->items[i];
		to->items[to->count].order = to->count;
		to->count++;
	}
	from->count = 0;
}

void
explained_release(struct explained *e)
{
	for (size_t i = 0; i < e->count; i++) {
		free(e->items[i].print);
		free(e->items[i].rule);
		free(e->items[i].object);
		free(e->items[i].authority);
		free(e->items[i].shared);
	}
	free(e->items);
	*e = (struct explained){ .count = 0 };
}
