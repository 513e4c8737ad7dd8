/* Who holds privileged roles. */
#include "analyze/model/model.h"

#include <stdlib.h>
#include <string.h>

#include "base/list.h"

struct role_held *
roles_held_add(struct roles_held *to, const struct guid *who)
{
	LIST_RESERVE(to->items, to->room, to->count + 1);
	to->items[to->count] = (struct role_held){ .who = *who };
	return &to->items[to->count++];
}

/* What is held directly comes before what a group gives, by name. */
static int
by_holder(const void *a, const void *b)
{
	const struct role_held *x = a, *y = b;
	int rc = memcmp(&x->who, &y->who, sizeof(x->who));

	if (!rc)
		rc = x->eligible - y->eligible;
	if (!rc)
		rc = x->by_group - y->by_group;
	return rc ? rc : strcmp(x->role, y->role);
}

void
roles_held_sort(struct roles_held *r)
{
	if (r->count)
		qsort(r->items, r->count, sizeof(*r->items), by_holder);
}

const struct role_held *
roles_held_of(const struct roles_held *r, const struct guid *who,
              size_t *count)
{
	size_t from = 0, to = r->count;

	while (from < to) {
		size_t middle = from + (to - from) / 2;

		if (memcmp(&r->items[middle].who, who, sizeof(*who)) < 0)
			from = middle + 1;
		else
			to = middle;
	}
	for (*count = 0; from + *count < r->count &&
	     memcmp(&r->items[from + *count].who, who, sizeof(*who)) == 0;
	     ++*count)
		continue;
	return r->items + from;
}

bool
roles_know_eligible(const struct model *m)
{
	const char *const *names;
	size_t n;

	return snapshot_coverage(m->tenant, TENANT_ROLE_MEMBERS, &names, &n) ==
	       COVER_LISTED &&
	       snapshot_covers(m->tenant, TENANT_ROLE_MEMBERS, "eligible");
}
