/* The order in which an object's attributes stand in its line. */
#ifndef COLLECT_SNAPSHOT_LINE_ORDER_H
#define COLLECT_SNAPSHOT_LINE_ORDER_H

#include <stddef.h>

#include "collect/schema/schema.h"

struct line_order;
struct record;

/* An attribute's place in the canonical order. */
struct ranked {
	size_t rank, attr;
	const char *name;
};

struct line_order *line_order_new(void);
void line_order_free(struct line_order *o);
/* The attributes of R in the canonical order, until the next call. */
const struct ranked *line_order_of(struct line_order *o, enum side side,
                                   const struct record *r);

#endif
