/* The containers and groups that connectors name. */
#include "analyze/policy/sync_scope.h"

#include <stdlib.h>
#include <string.h>

#include "analyze/policy/policy.h"
#include "analyze/policy/sync_export.h"
#include "base/buf.h"
#include "base/dn.h"
#include "base/err.h"

static int
by_text(const void *a, const void *b)
{
	return strcmp(*(const char *const *)a, *(const char *const *)b);
}

/* The DNs of L in the form that compares, sorted. */
static struct text_list
sorted(const struct text_list *l, struct arena *a)
{
	struct text_list out = { 0 };
	struct buf one = { 0 };

	for (size_t i = 0; i < l->count; i++) {
		buf_clear(&one);
		dn_normalise(&one, l->texts[i]);
		text_list_add(&out, a, buf_text(&one));
	}
	buf_release(&one);
	if (out.count)
		qsort(out.texts, out.count, sizeof(*out.texts), by_text);
	return out;
}

/* Whether the sorted list has DN. */
static bool
lists(const struct text_list *l, const char *dn)
{
	struct buf one = { 0 };
	const char *key;
	bool found;

	dn_normalise(&one, dn);
	key = buf_text(&one);
	found = l->count && bsearch(&key, l->texts, l->count,
	                            sizeof(*l->texts), by_text);
	buf_release(&one);
	return found;
}

/* Whether the domain as a whole is excluded, save what it includes. */
static bool
excludes_itself(const struct sync_partition *p, struct arena *a)
{
	struct text_list out = sorted(&p->exclude, a);

	return lists(&out, p->dn);
}

/*
 * Whether the policy must name the domains that are whole: as soon as it names
 * anything that is included, or leaves a domain out that may have one below it.
 */
static bool
must_name(const struct sync_connector *c, struct arena *a)
{
	for (const struct sync_partition *p = c->partitions; p; p = p->next)
		if (!p->selected || p->include.count || excludes_itself(p, a))
			return true;
	return false;
}

static void
add_all(struct text_list *to, struct arena *a, const struct text_list *from)
{
	for (size_t i = 0; i < from->count; i++)
		text_list_add(to, a, from->texts[i]);
}

/* The lists being made. */
struct scope_lists {
	struct arena *arena;
	struct text_list in, out, groups;
	bool name_all;
};

static void
take_partition(struct scope_lists *l, const struct sync_partition *d)
{
	if (!d->selected) {
		text_list_add(&l->out, l->arena, d->dn);
		return;
	}
	add_all(&l->in, l->arena, &d->include);
	add_all(&l->out, l->arena, &d->exclude);
	if (l->name_all && !d->include.count && !excludes_itself(d, l->arena))
		text_list_add(&l->in, l->arena, d->dn);
}

int
sync_scope_take(struct policy *p, struct arena *a,
                const struct sync_connector *const *connectors, size_t n,
                const char *path, struct err *err)
{
	struct scope_lists l = { .arena = a };
	struct text_list left_out;

	for (size_t i = 0; i < n; i++)
		l.name_all = l.name_all || must_name(connectors[i], a);
	for (size_t i = 0; i < n; i++) {
		const struct sync_connector *c = connectors[i];

		for (const struct sync_partition *d = c->partitions; d;
		     d = d->next)
			take_partition(&l, d);
		if (c->group)
			text_list_add(&l.groups, a, c->group);
	}
	left_out = sorted(&l.out, a);
	for (size_t i = 0; i < l.in.count; i++)
		if (lists(&left_out, l.in.texts[i]))
			return err_input(err, "%s: both includes and excludes "
			                 "%s", path, l.in.texts[i]);
	p->include = l.in.texts;
	p->include_count = l.in.count;
	p->exclude = l.out.texts;
	p->exclude_count = l.out.count;
	p->groups = l.groups.texts;
	p->group_count = l.groups.count;
	p->has_scope = true;
	return 0;
}
