/*
 * Finding waivers: first by their objects those that differ in values alone,
 * then by the value, as one object may have thousands of both.
 */
#include "analyze/waivers/waiver.h"

#include <string.h>

#include "base/hash.h"
#include "base/list.h"
#include "base/utf8.h"

/* Of what waivers of a group say. */
static uint64_t
value_hash(const struct waiver_value *v)
{
	const uint64_t of[] = {
		v->group, v->is_said, v->text ? hash_text(v->text) : 0
	};

	return hash_bytes(of, sizeof(of));
}

static bool
is_alike(const struct waiver *a, const struct waiver *b)
{
	return strcmp(a->rule, b->rule) == 0 &&
	       a->has_attribute == b->has_attribute &&
	       (a->attribute && b->attribute
	        ? ascii_casecmp(a->attribute, b->attribute) == 0
	        : a->attribute == b->attribute);
}

struct waiver_group *
waiver_group_next(const struct waivers *w, enum waived_by by,
                  const char *object, size_t *at)
{
	uint64_t hash = hash_text(object);
	long i;

	while ((i = hash_index_next(&w->index[by], hash, at)) >= 0)
		if (strcmp(w->items[w->groups[i].like].object, object) == 0)
			return &w->groups[i];
	return NULL;
}

struct waiver_group *
waiver_group_of(const struct waivers *w, const struct waiver *one)
{
	size_t at = HASH_INDEX_FIRST;
	struct waiver_group *g;

	while ((g = waiver_group_next(w, one->by, one->object, &at)))
		if (is_alike(&w->items[g->like], one))
			return g;
	return NULL;
}

static bool
is_value(const struct waiver *one, const struct waiver_value *v)
{
	return one->group == v->group && one->has_value == v->is_said &&
	       (one->value && v->text ? strcmp(one->value, v->text) == 0
	        : one->value == v->text);
}

const struct waiver *
waiver_next(const struct waivers *w, const struct waiver_value *v, size_t *at)
{
	uint64_t hash = value_hash(v);
	long i;

	while ((i = hash_index_next(&w->values, hash, at)) >= 0)
		if (is_value(&w->items[i], v))
			return &w->items[i];
	return NULL;
}

/* That of ONE, which is added next. */
static size_t
group_for(struct waivers *w, const struct waiver *one)
{
	const struct waiver_group *g = waiver_group_of(w, one);

	if (g)
		return (size_t)(g - w->groups);
	hash_index_add(&w->index[one->by], hash_text(one->object),
	               w->group_count);
	LIST_RESERVE(w->groups, w->group_room, w->group_count + 1);
	w->groups[w->group_count] = (struct waiver_group){ .like = w->count };
	return w->group_count++;
}

void
waivers_add(struct waivers *w, const struct waiver *one)
{
	struct waiver_value v = {
		group_for(w, one), one->has_value, one->value
	};

	LIST_RESERVE(w->items, w->room, w->count + 1);
	hash_index_add(&w->values, value_hash(&v), w->count);
	w->items[w->count] = *one;
	w->items[w->count++].group = v.group;
}
