/* The canonical order: the tables of attributes first, the rest by name. */
#include "collect/snapshot/line_order.h"

#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include "base/list.h"
#include "base/mem.h"
#include "base/record.h"

enum {
	MEMOS = 512,             /* names whose rank is kept */
	MEMO_NAME = 48,          /* bytes of a name, with its NUL */
};

/*
 * What is known of a name that has no tag; one name pushes out another. Every
 * attribute of every object is looked up, so that it takes one comparison.
 */
struct memo {
	enum side side;
	char name[MEMO_NAME];    /* empty: none */
	size_t rank;
};

struct line_order {
	struct ranked *items;
	size_t room, ordered;
	struct memo *memos;
};

struct line_order *
line_order_new(void)
{
	struct line_order *o = xcalloc(1, sizeof(*o));

	o->memos = xcalloc(MEMOS, sizeof(*o->memos));
	return o;
}

void
line_order_free(struct line_order *o)
{
	free(o->memos);
	free(o->items);
	free(o);
}

static size_t
find_rank(enum side side, const char *name)
{
	if (side == SIDE_AD)
		return ad_attr_order(ad_attr_find(name));
	return tenant_attr_order(name);
}

static size_t
rank(struct line_order *o, enum side side, const struct record_attr *a)
{
	struct memo *m = &o->memos[a->hash % MEMOS];

	if (a->tag && side == SIDE_AD)
		return ad_attr_order(ad_attr_at(a->tag - 1));
	if (m->side == side && *a->name && strcmp(m->name, a->name) == 0)
		return m->rank;
	if (a->name_len >= MEMO_NAME)
		return find_rank(side, a->name);
	m->side = side;
	m->rank = find_rank(side, a->name);
	memcpy(m->name, a->name, a->name_len + 1);
	return m->rank;
}

static int
by_rank(const void *a, const void *b)
{
	const struct ranked *x = a, *y = b;

	if (x->rank != y->rank)
		return x->rank < y->rank ? -1 : 1;
	return strcmp(x->name, y->name);
}

/* By insertion: few attributes, and mostly in order already. */
static void
sort_few(struct ranked *order, size_t n)
{
	for (size_t i = 1; i < n; i++) {
		struct ranked one = order[i];
		size_t k = i;

		for (; k > 0 && by_rank(&order[k - 1], &one) > 0; k--)
			order[k] = order[k - 1];
		order[k] = one;
	}
}

/* It starts from the order of the object before, which often had the same. */
const struct ranked *
line_order_of(struct line_order *o, enum side side, const struct record *r)
{
	enum { FEW = 100 };
	size_t n = record_count(r);

	LIST_RESERVE(o->items, o->room, n);
	for (size_t i = 0; i < n; i++) {
		size_t attr = n == o->ordered ? o->items[i].attr : i;
		struct record_attr a = record_attr(r, attr);

		o->items[i] = (struct ranked){
			.rank = rank(o, side, &a), .attr = attr,
			.name = a.name,
		};
	}
	o->ordered = n;
	if (n < FEW)
		sort_few(o->items, n);
	else
		qsort(o->items, n, sizeof(*o->items), by_rank);
	return o->items;
}
