/* An index over the texts; who has the number has the text. */
#include "report/page/names.h"

#include <stdlib.h>
#include <string.h>

#include "base/hash.h"
#include "base/list.h"

uint32_t
names_add(struct name_table *n, const char *text, struct arena *a)
{
	uint64_t hash;
	size_t at = HASH_INDEX_FIRST;
	long i;

	text = text ? text : "";
	hash = hash_text(text);
	while ((i = hash_index_next(&n->by_text, hash, &at)) >= 0)
		if (strcmp(n->items[i], text) == 0)
			return (uint32_t)i;
	hash_index_add(&n->by_text, hash, n->count);
	LIST_RESERVE(n->items, n->room, n->count + 1);
	n->items[n->count] = arena_strdup(a, text);
	return (uint32_t)n->count++;
}

void
names_release(struct name_table *n)
{
	free(n->items);
	hash_index_release(&n->by_text);
	*n = (struct name_table){ .count = 0 };
}
