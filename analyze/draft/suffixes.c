/* Counts domains, of which a directory may have as many as users. */
#include "analyze/draft/suffixes.h"

#include <stdlib.h>
#include <string.h>

#include "base/hash.h"
#include "base/list.h"
#include "base/mem.h"
#include "base/utf8.h"

void
suffixes_release(struct suffixes *s)
{
	for (size_t i = 0; i < s->count; i++)
		free(s->items[i].domain);
	free(s->items);
	hash_index_release(&s->index);
}

void
suffixes_take(struct suffixes *s, const char *domain)
{
	uint64_t hash = hash_domain(domain);
	size_t at = HASH_INDEX_FIRST;
	long found;

	while ((found = hash_index_next(&s->index, hash, &at)) >= 0)
		if (utf8_same_domain(s->items[found].domain, domain)) {
			s->items[found].users++;
			return;
		}
	LIST_RESERVE(s->items, s->room, s->count + 1);
	s->items[s->count] = (struct suffix){ xstrdup(domain), 1 };
	hash_index_add(&s->index, hash, s->count++);
}

static int
by_users(const void *a, const void *b)
{
	const struct suffix *x = a, *y = b;

	if (x->users != y->users)
		return x->users < y->users ? 1 : -1;
	return strcmp(x->domain, y->domain);
}

void
suffixes_sort(struct suffixes *s)
{
	if (s->count)
		qsort(s->items, s->count, sizeof(*s->items), by_users);
}
