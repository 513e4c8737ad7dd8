/* A container is met by its DN; two spellings of one are one by its names. */
#include "report/page/place_tree.h"

#include <stdlib.h>
#include <string.h>

#include "base/buf.h"
#include "base/dn.h"
#include "base/hash.h"
#include "base/list.h"
#include "base/utf8.h"

enum { DEEPEST = 60 };       /* what lies deeper counts there */

static bool
is_child(const struct tree_place *p, const char *name, uint32_t parent)
{
	return p->parent == parent && utf8_same_folded(p->name, name);
}

/* That of the name below PARENT. */
static uint32_t
child_of(struct place_tree *t, const char *name, uint32_t parent)
{
	uint64_t hash = hash_folded(name) ^ ((uint64_t)parent << 32);
	size_t at = HASH_INDEX_FIRST;
	long i;

	while ((i = hash_index_next(&t->by_name, hash, &at)) >= 0)
		if (is_child(&t->items[i], name, parent))
			return (uint32_t)i;
	hash_index_add(&t->by_name, hash, t->count);
	LIST_RESERVE(t->items, t->room, t->count + 1);
	t->items[t->count] = (struct tree_place){
		.name = arena_strdup(&t->texts, name), .parent = parent,
		.depth = parent == PLACE_NONE ? 0
			: t->items[parent].depth + 1,
	};
	if (parent == PLACE_NONE)
		t->roots++;
	else
		t->items[parent].children++;
	return (uint32_t)t->count++;
}

static uint32_t
domain_place(struct place_tree *t, const char *dn)
{
	struct buf name = { 0 };
	uint32_t place;

	dn_domain(&name, dn);
	place = child_of(t, name.len ? name.data : "(no domain)", PLACE_NONE);
	buf_release(&name);
	return place;
}

static uint32_t container(struct place_tree *t, const char *dn, unsigned depth);

/* By its names, if it was not met as it is spelt. */
static uint32_t
container_named(struct place_tree *t, const char *dn, unsigned depth)
{
	struct buf name = { 0 };
	uint32_t place;

	if (!*dn || dn_first_is(dn, "DC"))
		return domain_place(t, dn);
	place = container(t, dn_parent(dn), depth + 1);
	if (t->items[place].depth >= DEEPEST)
		return place;
	dn_first_value(&name, dn);
	place = child_of(t, buf_text(&name), place);
	buf_release(&name);
	return place;
}

static uint32_t
container(struct place_tree *t, const char *dn, unsigned depth)
{
	uint64_t hash = hash_text(dn);
	size_t at = HASH_INDEX_FIRST;
	uint32_t place;
	long i;

	while ((i = hash_index_next(&t->by_dn, hash, &at)) >= 0)
		if (strcmp(t->items[i].dn, dn) == 0)
			return (uint32_t)i;
	/* What is nested more deeply than a directory ever is. */
	if (depth > 4 * DEEPEST)
		return domain_place(t, "");
	place = container_named(t, dn, depth);
	if (!t->items[place].dn) {
		t->items[place].dn = arena_strdup(&t->texts, dn);
		hash_index_add(&t->by_dn, hash, place);
	}
	return place;
}

uint32_t
tree_of(struct place_tree *t, const char *dn, const char *domain)
{
	if (dn && *dn)
		return container(t, dn_first_is(dn, "DC") ? dn : dn_parent(dn),
		                 0);
	return child_of(t, domain && *domain ? domain : "(not in AD)",
	                PLACE_NONE);
}

void
tree_sum(struct place_tree *t)
{
	for (size_t i = 0; i < t->count; i++)
		memcpy(t->items[i].all, t->items[i].own,
		       sizeof(t->items[i].all));
	for (size_t i = t->count; i-- > 0;) {
		const struct tree_place *p = &t->items[i];
		struct tree_place *up = p->parent == PLACE_NONE ? NULL
			: &t->items[p->parent];

		for (int r = 0; up && r < READINESS_COUNT; r++)
			up->all[r] += p->all[r];
		if (up)
			up->weight += p->weight;
	}
}

uint64_t
place_objects(const struct tree_place *p)
{
	return p->all[READINESS_BLOCKED] + p->all[READINESS_WARNING] +
	       p->all[READINESS_NOT_KNOWN] + p->all[READINESS_READY];
}

/* ---- order ---- */

struct place_ref {
	const struct tree_place *place;
	uint32_t number;
};

static int
by_weight(const void *a, const void *b)
{
	const struct place_ref *x = a, *y = b;

	if (x->place->weight != y->place->weight)
		return x->place->weight > y->place->weight ? -1 : 1;
	return x->number < y->number ? -1 : 1;
}

static int
by_blocked(const void *a, const void *b)
{
	const struct place_ref *x = a, *y = b;
	const uint64_t *m = x->place->all, *n = y->place->all;

	if (m[READINESS_BLOCKED] != n[READINESS_BLOCKED])
		return m[READINESS_BLOCKED] > n[READINESS_BLOCKED] ? -1 : 1;
	if (place_objects(x->place) != place_objects(y->place))
		return place_objects(x->place) > place_objects(y->place)
			? -1 : 1;
	return x->number < y->number ? -1 : 1;
}

static struct place_ref *
refs_of(const struct place_tree *t)
{
	struct place_ref *refs = xcalloc(t->count + 1, sizeof(*refs));

	for (size_t i = 0; i < t->count; i++)
		refs[i] = (struct place_ref){ &t->items[i], (uint32_t)i };
	return refs;
}

void
tree_fold(struct place_tree *t, size_t most)
{
	struct place_ref *refs = refs_of(t);

	qsort(refs, t->count, sizeof(*refs), by_weight);
	for (size_t i = 0; i < t->count; i++) {
		struct tree_place *p = &t->items[refs[i].number];

		p->shown = i < most || p->parent == PLACE_NONE
			? refs[i].number : PLACE_NONE;
	}
	for (size_t i = 0; i < t->count; i++)
		if (t->items[i].shown == PLACE_NONE)
			t->items[i].shown = t->items[t->items[i].parent].shown;
	free(refs);
}

static size_t
numbers_of(const struct place_ref *refs, size_t n, uint32_t **out)
{
	*out = xcalloc(n + 1, sizeof(**out));
	for (size_t i = 0; i < n; i++)
		(*out)[i] = refs[i].number;
	return n;
}

size_t
tree_sorted(const struct place_tree *t, uint32_t **out)
{
	struct place_ref *refs = refs_of(t);
	size_t n = 0;

	for (size_t i = 0; i < t->count; i++)
		if (place_objects(refs[i].place))
			refs[n++] = refs[i];
	qsort(refs, n, sizeof(*refs), by_blocked);
	n = numbers_of(refs, n, out);
	free(refs);
	return n;
}

/* The children that have objects; what is right in it stays behind. */
static size_t
put_children(const struct place_tree *t, uint32_t of, struct place_ref *to)
{
	size_t n = 0;

	for (size_t i = of + 1; i < t->count; i++)
		if (t->items[i].parent == of && place_objects(&t->items[i]))
			to[n++] = (struct place_ref){ &t->items[i],
			                              (uint32_t)i };
	return n;
}

static uint64_t
own_objects(const struct tree_place *p)
{
	return p->own[READINESS_BLOCKED] + p->own[READINESS_WARNING] +
	       p->own[READINESS_NOT_KNOWN] + p->own[READINESS_READY];
}

/* The first that is only a way to those below it; N: there is none. */
static size_t
first_open(const struct place_ref *refs, size_t n)
{
	size_t i = 0;

	while (i < n && (!refs[i].place->children ||
	                 own_objects(refs[i].place)))
		i++;
	return i;
}

size_t
tree_apart(const struct place_tree *t, size_t most, uint32_t **out,
             size_t *rest)
{
	struct place_ref *refs = xcalloc(2 * t->count + 2, sizeof(*refs));
	size_t n = 0, at;

	for (size_t i = 0; i < t->count; i++)
		if (t->items[i].parent == PLACE_NONE &&
		    place_objects(&t->items[i]))
			refs[n++] = (struct place_ref){ &t->items[i],
			                                (uint32_t)i };
	qsort(refs, n, sizeof(*refs), by_blocked);
	while (n < most && (at = first_open(refs, n)) < n) {
		uint32_t of = refs[at].number;

		refs[at] = refs[--n];
		n += put_children(t, of, refs + n);
		qsort(refs, n, sizeof(*refs), by_blocked);
	}
	*rest = n > most ? n - most : 0;
	n = numbers_of(refs, n - *rest, out);
	free(refs);
	return n;
}

/* As AD writes canonical names: a slash in a name has a backslash. */
static void
put_name(struct buf *out, const char *name)
{
	for (; *name; name++) {
		if (*name == '/')
			buf_addc(out, '\\');
		buf_addc(out, *name);
	}
}

void
tree_path(const struct place_tree *t, uint32_t place, struct buf *out)
{
	const struct tree_place *p = &t->items[place];

	if (p->parent != PLACE_NONE &&
	    (t->roots > 1 || t->items[p->parent].parent != PLACE_NONE)) {
		tree_path(t, p->parent, out);
		buf_addc(out, '/');
	}
	put_name(out, p->name);
}

void
tree_release(struct place_tree *t)
{
	free(t->items);
	hash_index_release(&t->by_dn);
	hash_index_release(&t->by_name);
	arena_release(&t->texts);
	*t = (struct place_tree){ .count = 0 };
}
