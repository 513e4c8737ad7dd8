/* Edits by the objects that were found for them. */
#include "analyze/whatif/whatif.h"

#include <string.h>

#include "base/err.h"
#include "base/hash.h"

/* The first edit of the object of that DN whose GUID is known; NULL: none. */
static const struct edit *
known_by_dn(const struct edits *e, const struct hash_index *known,
            const char *dn)
{
	uint64_t hash = hash_text(dn);
	size_t at = HASH_INDEX_FIRST;
	long i;

	while ((i = hash_index_next(known, hash, &at)) >= 0)
		if (strcmp(e->items[i].object_dn, dn) == 0)
			return &e->items[i];
	return NULL;
}

/* One was found by a line that tells its GUID, another by one that does not. */
static void
share_guids(struct edits *e)
{
	struct hash_index known = { 0 };

	for (size_t i = 0; i < e->count; i++) {
		const struct edit *one = &e->items[i];

		if (one->has_guid && one->object_dn &&
		    !known_by_dn(e, &known, one->object_dn))
			hash_index_add(&known, hash_text(one->object_dn), i);
	}
	for (size_t i = 0; i < e->count; i++) {
		struct edit *one = &e->items[i];
		const struct edit *is = one->has_guid || !one->object_dn
			? NULL : known_by_dn(e, &known, one->object_dn);

		if (!is)
			continue;
		one->has_guid = true;
		one->guid = is->guid;
	}
	hash_index_release(&known);
}

static void
index_objects(struct edits *e)
{
	for (size_t i = 0; i < e->count; i++) {
		const struct edit *one = &e->items[i];

		if (!edit_is_of_object(one))
			continue;
		if (one->has_guid)
			hash_index_add(&e->objects, hash_bytes(
				&one->guid, sizeof(one->guid)), i);
		if (one->object_dn)
			hash_index_add(&e->objects, hash_text(one->object_dn),
			               i);
		e->nameless += !one->has_guid;
	}
}

/* ---- two rows of a plan on one value ---- */

static bool
is_same_object(const struct edit *a, const struct edit *b)
{
	if (a->has_guid || b->has_guid)
		return a->has_guid && b->has_guid &&
		       memcmp(&a->guid, &b->guid, sizeof(a->guid)) == 0;
	return a->object_dn && b->object_dn &&
	       strcmp(a->object_dn, b->object_dn) == 0;
}

static bool
is_list(const struct edit *one)
{
	return setting_kinds(one->setting) & SET_TEXTS;
}

/* Of a list, each value is by itself; what only comes is on none. */
static bool
is_against(const struct edit *a, const struct edit *b)
{
	return a->setting == b->setting && is_same_object(a, b) &&
	       (!is_list(a) || strcmp(a->old, b->old) == 0);
}

static uint64_t
value_hash(const struct edit *one)
{
	const uint64_t parts[] = {
		one->has_guid ? hash_bytes(&one->guid, sizeof(one->guid))
			: one->object_dn ? hash_text(one->object_dn) : 0,
		hash_text(setting_name(one->setting)),
		is_list(one) ? hash_text(one->old) : 0,
	};

	return hash_bytes(parts, sizeof(parts));
}

static int
twice(const struct edits *e, const struct edit *one, const struct edit *other,
      struct err *err)
{
	if (e->is_ldif)
		return err_usage(err, "%s:%u: %s:%u says what becomes of the "
		                 "value, too", edit_path(e, one), one->line,
		                 edit_path(e, other), other->line);
	return err_usage(err, "%s:%u: VALUE: line %u says what becomes of it, "
	                 "too", e->path, one->line, other->line);
}

/* A modify is made whole, or not at all (RFC 4511, section 4.6). */
static void
share_staleness(struct edits *e)
{
	for (size_t i = 0, end; i < e->count; i = end) {
		bool stale = false;

		for (end = i; end < e->count &&
		     e->items[end].modify == e->items[i].modify; end++)
			stale = stale || e->items[end].stale;
		for (size_t k = i; k < end; k++)
			e->items[k].stale = stale;
	}
}

/* Two rows that say otherwise of one value, or of one attribute. */
static int
check_twice(const struct edits *e, struct err *err)
{
	struct hash_index seen = { 0 };
	int rc = 0;

	for (size_t i = 0; i < e->count && rc == 0; i++) {
		const struct edit *one = &e->items[i];
		size_t at = HASH_INDEX_FIRST;
		uint64_t hash;
		long k;

		if (is_list(one) && !one->old)
			continue;
		hash = value_hash(one);
		while ((k = hash_index_next(&seen, hash, &at)) >= 0 && rc == 0)
			if (is_against(one, &e->items[k]))
				rc = twice(e, one, &e->items[k], err);
		hash_index_add(&seen, hash, i);
	}
	hash_index_release(&seen);
	return rc;
}

int
edits_found(struct edits *e, struct err *err)
{
	share_guids(e);
	index_objects(e);
	if (e->is_ldif)
		share_staleness(e);
	return e->is_plan || e->is_ldif ? check_twice(e, err) : 0;
}
