/* How often domains of mail were met. */
#include "analyze/rules/domain_tally.h"

#include <stdlib.h>
#include <string.h>

#include "base/hash.h"
#include "base/list.h"
#include "base/mem.h"
#include "base/utf8.h"

static struct used_domain *
find(struct domain_tally *t, const char *domain)
{
	uint64_t hash = hash_domain(domain);
	size_t at = HASH_INDEX_FIRST;
	long i;

	if (t->count && utf8_same_domain(t->items[t->last].name, domain))
		return &t->items[t->last];
	while ((i = hash_index_next(&t->by_name, hash, &at)) >= 0)
		if (utf8_same_domain(t->items[i].name, domain)) {
			t->last = (size_t)i;
			return &t->items[i];
		}
	return NULL;
}

/*
 * Who looks for it in AD looks for its letters: of several spellings the one
 * with letters of its own, whoever was met first.
 */
static void
note_spelling(struct used_domain *d, const char *domain)
{
	struct arena scratch = { 0 };
	const char *spelt;

	if (d->spelt && strcmp(d->spelt, domain) == 0)
		return;
	spelt = utf8_folded(&scratch, domain);
	if (!d->spelt || strcmp(d->spelt, d->name) == 0 ||
	    (strcmp(spelt, d->name) != 0 && strcmp(spelt, d->spelt) < 0)) {
		free(d->spelt);
		d->spelt = xstrdup(spelt);
	}
	arena_release(&scratch);
}

static struct used_domain *
find_or_add(struct domain_tally *t, const char *domain)
{
	struct used_domain *found = find(t, domain);
	struct arena scratch = { 0 };

	if (found) {
		note_spelling(found, domain);
		return found;
	}
	LIST_RESERVE(t->items, t->room, t->count + 1);
	t->items[t->count] = (struct used_domain){
		.name = xstrdup(utf8_domain(&scratch, domain)),
	};
	hash_index_add(&t->by_name, hash_domain(domain), t->count);
	t->last = t->count++;
	note_spelling(&t->items[t->last], domain);
	arena_release(&scratch);
	return &t->items[t->last];
}

void
domain_tally_add(struct domain_tally *t, const char *domain,
                 enum domain_use use)
{
	find_or_add(t, domain)->uses[use]++;
}

void
domain_tally_join(struct domain_tally *to, const struct domain_tally *from)
{
	for (size_t i = 0; i < from->count; i++) {
		struct used_domain *d = find_or_add(to, from->items[i].spelt);

		for (size_t k = 0; k < DOMAIN_USES; k++)
			d->uses[k] += from->items[i].uses[k];
	}
}

static int
by_name(const void *a, const void *b)
{
	const struct used_domain *x = a, *y = b;

	return strcmp(x->name, y->name);
}

void
domain_tally_sort(struct domain_tally *t)
{
	if (t->count)
		qsort(t->items, t->count, sizeof(*t->items), by_name);
	hash_index_release(&t->by_name);
	t->by_name = (struct hash_index){ 0 };
}

void
domain_tally_release(struct domain_tally *t)
{
	for (size_t i = 0; i < t->count; i++) {
		free(t->items[i].name);
		free(t->items[i].spelt);
	}
	free(t->items);
	hash_index_release(&t->by_name);
	*t = (struct domain_tally){ 0 };
}
