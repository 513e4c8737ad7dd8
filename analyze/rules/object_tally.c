/* How many objects of each domain of AD were met. */
#include "analyze/rules/object_tally.h"

#include <stdlib.h>
#include <string.h>

#include "analyze/model/model.h"
#include "analyze/object/object.h"
#include "base/list.h"
#include "base/mem.h"

static struct counted_objects *
find_or_add(struct object_tally *t, const struct domain *d)
{
	for (size_t i = 0; i < t->count; i++)
		if (t->items[i].domain == d)
			return &t->items[i];
	LIST_RESERVE(t->items, t->room, t->count + 1);
	t->items[t->count] = (struct counted_objects){ .domain = d };
	return &t->items[t->count++];
}

/* The first by name stay, whoever was met first. */
static void
keep_name(struct counted_objects *c, const char *name)
{
	size_t at = 0;

	while (at < c->name_count && strcmp(c->names[at], name) <= 0)
		at++;
	if (at == COUNTED_NAMES)
		return;
	if (c->name_count == COUNTED_NAMES)
		free(c->names[--c->name_count]);
	memmove(&c->names[at + 1], &c->names[at],
	        (c->name_count - at) * sizeof(c->names[0]));
	c->names[at] = xstrdup(name);
	c->name_count++;
}

/* What mail is sent to says more than where it lies. */
static const char *
name_of(const struct object *o)
{
	const char *primary = object_primary(o);

	return primary ? primary : o->mail ? o->mail : o->dn ? o->dn
		: o->cn ? o->cn : "";
}

void
object_tally_add(struct object_tally *t, const struct object *o)
{
	struct counted_objects *c = find_or_add(t, o->domain);

	c->count++;
	keep_name(c, name_of(o));
}

void
object_tally_join(struct object_tally *to, const struct object_tally *from)
{
	for (size_t i = 0; i < from->count; i++) {
		const struct counted_objects *one = &from->items[i];
		struct counted_objects *c = find_or_add(to, one->domain);

		c->count += one->count;
		for (size_t k = 0; k < one->name_count; k++)
			keep_name(c, one->names[k]);
	}
}

/* What is of no known domain comes last. */
static int
by_domain(const void *a, const void *b)
{
	const struct domain *x = ((const struct counted_objects *)a)->domain;
	const struct domain *y = ((const struct counted_objects *)b)->domain;

	if (!x || !y)
		return !x - !y;
	return x->index < y->index ? -1 : x->index > y->index;
}

void
object_tally_sort(struct object_tally *t)
{
	if (t->count)
		qsort(t->items, t->count, sizeof(*t->items), by_domain);
}

void
object_tally_release(struct object_tally *t)
{
	for (size_t i = 0; i < t->count; i++)
		for (size_t k = 0; k < t->items[i].name_count; k++)
			free(t->items[i].names[k]);
	free(t->items);
	*t = (struct object_tally){ 0 };
}
