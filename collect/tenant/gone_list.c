/* Owners that are said to be gone, and which of them follow each other. */
#include "collect/tenant/gone_list.h"

#include <stdlib.h>

#include "base/mem.h"

void
gone_list_release(struct gone_list *l)
{
	free(l->owners);
	*l = (struct gone_list){ 0 };
}

void
gone_list_add(struct gone_list *l, size_t nth, const struct id_named *owner)
{
	if (l->count == l->room) {
		l->room = l->room ? 2 * l->room : 8;
		l->owners = xreallocarray(l->owners, l->room,
		                          sizeof(*l->owners));
	}
	l->owners[l->count++] = (struct gone_owner){
		.nth = nth, .owner = *owner,
	};
}

static int
by_number(const void *a, const void *b)
{
	const struct gone_owner *x = a, *y = b;

	return x->nth < y->nth ? -1 : x->nth > y->nth;
}

void
gone_list_sort(struct gone_list *l)
{
	if (l->count)
		qsort(l->owners, l->count, sizeof(*l->owners), by_number);
}

bool
gone_list_in_row(const struct gone_list *l, size_t i)
{
	size_t nth = l->owners[i].nth;

	return (i > 0 && l->owners[i - 1].nth + 1 == nth) ||
	       (i + 1 < l->count && l->owners[i + 1].nth == nth + 1);
}
