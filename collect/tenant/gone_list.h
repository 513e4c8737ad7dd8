/* Owners of lists that are said to be gone, in the order of asking. */
#ifndef COLLECT_TENANT_GONE_LIST_H
#define COLLECT_TENANT_GONE_LIST_H

#include <stdbool.h>
#include <stddef.h>

#include "collect/graph/graph.h"

struct gone_owner {
	size_t nth;              /* of those that were asked for */
	struct id_named owner;
};

/* A zeroed struct is empty. */
struct gone_list {
	struct gone_owner *owners;
	size_t count, room;
};

void gone_list_release(struct gone_list *l);
void gone_list_add(struct gone_list *l, size_t nth,
                   const struct id_named *owner);
/* By their numbers, before gone_list_in_row. */
void gone_list_sort(struct gone_list *l);
/* Whether the one asked for before or after owner I is said to be gone, too. */
bool gone_list_in_row(const struct gone_list *l, size_t i);

#endif
