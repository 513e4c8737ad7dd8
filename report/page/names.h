/* Texts that come again and again, each with a number from 0. */
#ifndef REPORT_PAGE_NAMES_H
#define REPORT_PAGE_NAMES_H

#include <stddef.h>
#include <stdint.h>

#include "base/hash_index.h"
#include "base/mem.h"

/* A zeroed one is empty. Texts lie in the arena of who adds them. */
struct name_table {
	const char **items;
	size_t count, room;
	struct hash_index by_text;
};

/* The number of TEXT, which is added if it is new; NULL counts as "". */
uint32_t names_add(struct name_table *n, const char *text, struct arena *a);
void names_release(struct name_table *n);

#endif
