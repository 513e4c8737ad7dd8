/* Puts today's names into objects of an older snapshot. */
#include "collect/ad/renames.h"

#include <stdlib.h>
#include <string.h>

#include "base/buf.h"
#include "base/dn.h"
#include "base/list.h"
#include "base/mem.h"
#include "base/record.h"
#include "collect/schema/schema.h"

/* A name that an object had; TO is NULL when nobody has it any more. */
struct renaming {
	char *from, *to;
};

void
renames_release(struct renames *s)
{
	for (size_t i = 0; i < s->count; i++) {
		free(s->list[i].from);
		free(s->list[i].to);
	}
	free(s->list);
	*s = (struct renames){ 0 };
}

void
renames_add(struct renames *s, const char *from, const char *to)
{
	LIST_RESERVE(s->list, s->room, s->count + 1);
	s->list[s->count++] = (struct renaming){
		.from = xstrdup(from), .to = to ? xstrdup(to) : NULL,
	};
}

static int
by_name(const void *a, const void *b)
{
	const struct renaming *x = a, *y = b;

	return strcmp(x->from, y->from);
}

void
renames_sort(struct renames *s)
{
	if (s->count)
		qsort(s->list, s->count, sizeof(*s->list), by_name);
}

static const struct renaming *
find_renaming(const struct renames *s, const char *dn)
{
	struct renaming key = { .from = (char *)dn };

	return s->count ? bsearch(&key, s->list, s->count,
	                          sizeof(*s->list), by_name) : NULL;
}

bool
renames_have(const struct renames *s, const char *from)
{
	return find_renaming(s, from) != NULL;
}

bool
renames_apply(const struct renames *s, const char *dn, struct buf *out)
{
	const char *at = dn;

	buf_clear(out);
	for (; *at; at = dn_parent(at)) {
		const struct renaming *found = find_renaming(s, at);

		if (!found)
			continue;
		if (!found->to && at == dn)
			return false;
		if (!found->to)
			break;
		buf_add(out, dn, (size_t)(at - dn));
		buf_adds(out, found->to);
		return true;
	}
	buf_adds(out, dn);
	return true;
}

static bool
is_link(const char *name)
{
	const struct ad_attr *a = ad_attr_find(name);

	return a && a->link == LINK_DN;
}

static void
copy_attribute(const struct renames *s, const struct record *r, size_t attr,
               struct record *out)
{
	struct record_attr a = record_attr(r, attr);
	bool link = is_link(a.name);
	struct buf dn = { 0 };
	size_t number = 0;
	bool made = false;

	for (size_t i = 0; i < a.values; i++) {
		struct value v = record_value(r, attr, i);

		if (link && v.kind == VALUE_TEXT) {
			if (!renames_apply(s, v.data, &dn))
				continue;
			v.data = buf_text(&dn);
			v.len = dn.len;
		}
		if (!made)
			number = record_attribute(out, a.name, a.name_len);
		made = true;
		record_append(out, number, v.kind, v.data, v.len);
	}
	if (made)
		record_set_shape(out, number, a.shape);
	buf_release(&dn);
}

void
renames_record(const struct renames *s, const struct record *r,
               struct record *out)
{
	record_clear(out);
	for (size_t i = 0; i < record_count(r); i++)
		copy_attribute(s, r, i, out);
}
