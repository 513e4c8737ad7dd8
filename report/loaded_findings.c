/* Each is taken once, by its object or at the end. */
#include "report/loaded_findings.h"

#include <stdlib.h>
#include <string.h>

#include "base/list.h"
#include "report/known_objects.h"
#include "report/told_key.h"

static bool
is_same(const char *a, const char *b)
{
	return a && b ? strcmp(a, b) == 0 : a == b;
}

void
loaded_add(struct loaded_findings *l, const struct finding *f)
{
	hash_index_add(&l->by_object,
	               told_key(f->guid, f->dn, f->object), l->count);
	LIST_RESERVE_BY_HALF(l->items, l->room, l->count + 1);
	l->items[l->count++] = (struct loaded_finding){
		.finding = finding_copy(f, &l->texts),
	};
}

const struct finding *
loaded_take(struct loaded_findings *l, const char *guid, const char *dn,
            const char *object)
{
	uint64_t key = told_key(guid, dn, object);
	size_t at = HASH_INDEX_FIRST;
	long i;

	while ((i = hash_index_next(&l->by_object, key, &at)) >= 0) {
		struct loaded_finding *one = &l->items[i];
		const struct finding *f = &one->finding;

		if (one->taken || !is_same(f->guid, guid) ||
		    (f->dn && dn ? strcmp(f->dn, dn) != 0
		                 : !guid && !is_same(f->object, object)))
			continue;
		one->taken = true;
		return f;
	}
	return NULL;
}

const struct finding *
loaded_rest(struct loaded_findings *l)
{
	while (l->next < l->count && l->items[l->next].taken)
		l->next++;
	return l->next < l->count ? &l->items[l->next].finding : NULL;
}

void
loaded_release(struct loaded_findings *l)
{
	free(l->items);
	hash_index_release(&l->by_object);
	arena_release(&l->texts);
}
