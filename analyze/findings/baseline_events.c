/* Events that a baseline tells, by the object that they are of. */
#include "analyze/findings/baseline.h"

#include <stdlib.h>
#include <string.h>
#include <strings.h>

#include "analyze/findings/baseline_parts.h"
#include "base/dn.h"
#include "base/hash.h"
#include "base/list.h"
#include "base/mem.h"

static const char *
copied(struct baseline *b, const char *text)
{
	return text ? arena_strdup(&b->arena, text) : NULL;
}

void
baseline_add_event(struct baseline *b, const struct finding *f,
                   when_t first_seen, when_t seen)
{
	struct carried_events *l = &b->events;
	struct carried_event *e = arena_alloc(&b->arena, sizeof(*e));

	*e = (struct carried_event){
		.told = { .rule = copied(b, f->rule),
		          .attribute = copied(b, f->attribute),
		          .event = f->event, .first_seen = first_seen,
		          .seen = seen },
		.dn = copied(b, f->dn), .object = copied(b, f->object),
	};
	e->has_guid = f->guid && guid_parse(&e->guid, f->guid) == 0;
	LIST_RESERVE(l->items, l->room, l->count + 1);
	l->items[l->count++] = e;
}

/* By time, the newest first; then in an order that lines do not decide. */
static int
by_time(const void *a, const void *b)
{
	const struct carried_event *const *first = a, *const *second = b;
	const struct remembered *x = &(*first)->told, *y = &(*second)->told;

	if (x->event.by != y->event.by)
		return x->event.by > y->event.by ? -1 : 1;
	if (x->event.after != y->event.after)
		return x->event.after > y->event.after ? -1 : 1;
	if (strcmp(x->rule, y->rule) != 0)
		return strcmp(x->rule, y->rule);
	return strcmp(x->attribute ? x->attribute : "",
	              y->attribute ? y->attribute : "");
}

/* Whether it is the object: by the first of what both have. */
static bool
is_of(const struct carried_event *e, const struct event_key *key)
{
	if (e->has_guid && key->guid)
		return memcmp(&e->guid, key->guid, sizeof(e->guid)) == 0;
	if (e->dn && key->dn)
		return dn_same(e->dn, key->dn);
	return e->object && key->object &&
	       strcasecmp(e->object, key->object) == 0;
}

/* The number of the first one under HASH that is of the object; -1. */
static long
find(const struct baseline *b, uint64_t hash, const struct event_key *key)
{
	size_t at = HASH_INDEX_FIRST;
	long i;

	do
		i = hash_index_next(&b->events.by_key, hash, &at);
	while (i >= 0 && !is_of(b->events.items[i], key));
	return i;
}

static long
find_any(const struct baseline *b, const struct event_key *key)
{
	long i = -1;

	if (key->guid)
		i = find(b, hash_bytes(key->guid, sizeof(*key->guid)), key);
	if (i < 0 && key->dn)
		i = find(b, dn_hash(key->dn), key);
	if (i < 0 && key->object)
		i = find(b, hash_folded(key->object), key);
	return i;
}

static void
enter(struct carried_events *l, size_t i)
{
	const struct carried_event *e = l->items[i];

	if (e->has_guid)
		hash_index_add(&l->by_key,
		               hash_bytes(&e->guid, sizeof(e->guid)), i);
	if (e->dn)
		hash_index_add(&l->by_key, dn_hash(e->dn), i);
	if (e->object)
		hash_index_add(&l->by_key, hash_folded(e->object), i);
}

/* The newest of an object is entered, and leads to the others. */
void
baseline_link_events(struct baseline *b)
{
	struct carried_events *l = &b->events;

	if (l->count)
		qsort(l->items, l->count, sizeof(*l->items), by_time);
	for (size_t i = 0; i < l->count; i++) {
		struct carried_event *e = l->items[i];
		const struct event_key key = {
			e->has_guid ? &e->guid : NULL, e->dn, e->object
		};
		long first = find_any(b, &key);

		if (first < 0) {
			e->oldest = &e->told;
			enter(l, i);
			continue;
		}
		l->items[first]->oldest->next = &e->told;
		l->items[first]->oldest = &e->told;
	}
}

bool
baseline_has_events(const struct baseline *b)
{
	return b && b->events.count > 0;
}

const struct remembered *
baseline_events(const struct baseline *b, const struct event_key *key)
{
	long i = baseline_has_events(b) ? find_any(b, key) : -1;

	return i < 0 ? NULL : &b->events.items[i]->told;
}
