/* What the objects of an older snapshot were called. */
#include "collect/ad/old_names.h"

#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include "base/guid.h"
#include "base/hash.h"
#include "base/list.h"

struct old_name {
	struct guid guid;
	uint64_t hash;           /* of the DN: 64 bits do for all forests */
};

void
old_names_release(struct old_names *s)
{
	free(s->list);
	*s = (struct old_names){ 0 };
}

void
old_names_add(struct old_names *s, const struct guid *guid, const char *dn)
{
	LIST_RESERVE(s->list, s->room, s->count + 1);
	s->list[s->count++] = (struct old_name){ *guid, hash_text(dn) };
}

static int
by_guid(const void *a, const void *b)
{
	const struct old_name *x = a, *y = b;

	return memcmp(&x->guid, &y->guid, sizeof(x->guid));
}

void
old_names_sort(struct old_names *s)
{
	if (s->count)
		qsort(s->list, s->count, sizeof(*s->list), by_guid);
}

enum old_name_match
old_names_compare(const struct old_names *s, const struct guid *guid,
                  const char *dn)
{
	struct old_name key = { .guid = *guid };
	const struct old_name *found;

	found = s->count ? bsearch(&key, s->list, s->count, sizeof(*s->list),
	                           by_guid) : NULL;
	if (!found)
		return OLD_NAME_NONE;
	return found->hash == hash_text(dn) ? OLD_NAME_SAME : OLD_NAME_OTHER;
}

const struct guid *
old_names_holder(const struct old_names *s, const char *dn)
{
	uint64_t h = hash_text(dn);

	for (size_t i = 0; i < s->count; i++)
		if (s->list[i].hash == h)
			return &s->list[i].guid;
	return NULL;
}
