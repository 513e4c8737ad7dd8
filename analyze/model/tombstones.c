/* Deleted objects of AD, by what accounts can show of them. */
#include "analyze/model/model.h"

#include <stdlib.h>
#include <string.h>

#include "analyze/object/object.h"
#include "analyze/scope/scope.h"
#include "base/hash.h"
#include "base/list.h"
#include "base/sid.h"

static void
add_hash(struct tombstones *t, uint64_t hash, when_t when)
{
	LIST_RESERVE(t->items, t->room, t->count + 1);
	t->items[t->count++] = (struct tombstone){
		.hash = hash, .when = when,
	};
}

static void
add(struct tombstones *t, const void *key, size_t len, when_t when)
{
	add_hash(t, hash_bytes(key, len), when);
}

/* Of the account name, which is one object's in a domain. */
static uint64_t
hash_name(const struct object *o)
{
	uint64_t of[] = {
		unique_hash(UNIQUE_SAM, o->sam),
		o->domain ? o->domain->index + 1 : 0,
	};

	return hash_bytes(of, sizeof(of));
}

/* AD writes the last change of a deleted object when it deletes it. */
static when_t
when_of(const struct object *o)
{
	return o->ad.deleted_stamp.version ? o->ad.deleted_stamp.when
	                                   : o->ad.changed;
}

static const char *
kept(struct arena *a, const char *text)
{
	return text ? arena_strdup(a, text) : NULL;
}

static struct buried_object
with_texts(struct buried_object o, struct arena *a)
{
	o.dn = kept(a, o.dn);
	o.sam = kept(a, o.sam);
	o.upn = kept(a, o.upn);
	o.mail = kept(a, o.mail);
	return o;
}

static void
bury(struct tombstones *t, const struct object *o, struct arena *a)
{
	if (!o->has_guid || (o->kind != KIND_USER && o->kind != KIND_GROUP &&
	                     o->kind != KIND_CONTACT))
		return;
	LIST_RESERVE(t->buried, t->buried_room, t->buried_count + 1);
	t->buried[t->buried_count++] = with_texts((struct buried_object){
		.guid = o->guid, .kind = o->kind, .dn = o->dn, .sam = o->sam,
		.upn = o->upn, .mail = o->mail, .created = o->ad.created,
		.when = when_of(o), .is_dated = o->ad.deleted_stamp.version,
	}, a);
}

void
tombstones_add(struct tombstones *t, const struct object *o, struct arena *a)
{
	when_t when = when_of(o);

	if (o->has_guid)
		add(t, &o->guid, sizeof(o->guid), when);
	if (o->ad.has_consistency_guid)
		add(t, &o->ad.consistency_guid,
		    sizeof(o->ad.consistency_guid), when);
	if (o->ad.sid)
		add(t, o->ad.sid, o->ad.sid_len, when);
	if (o->sam)
		add_hash(t, hash_name(o), when);
	bury(t, o, a);
}

void
tombstones_join(struct tombstones *to, struct tombstones *from, struct arena *a)
{
	LIST_RESERVE(to->items, to->room, to->count + from->count);
	if (from->count)
		memcpy(to->items + to->count, from->items,
		       from->count * sizeof(*from->items));
	to->count += from->count;
	from->count = 0;
	LIST_RESERVE(to->buried, to->buried_room,
	             to->buried_count + from->buried_count);
	for (size_t i = 0; i < from->buried_count; i++)
		to->buried[to->buried_count++] = with_texts(from->buried[i], a);
	from->buried_count = 0;
}

void
tombstones_release(struct tombstones *t)
{
	free(t->items);
	free(t->buried);
}

static int
by_hash(const void *a, const void *b)
{
	const struct tombstone *x = a, *y = b;

	if (x->hash != y->hash)
		return x->hash < y->hash ? -1 : 1;
	return x->when < y->when ? -1 : x->when > y->when;
}

void
tombstones_settle(struct tombstones *t)
{
	if (t->count)
		qsort(t->items, t->count, sizeof(*t->items), by_hash);
}

static const struct tombstone *
find_hash(const struct tombstones *t, uint64_t hash)
{
	struct tombstone wanted = { .hash = hash };
	size_t lo = 0, hi = t->count;

	while (lo < hi) {
		size_t mid = lo + (hi - lo) / 2;

		if (t->items[mid].hash < wanted.hash)
			lo = mid + 1;
		else
			hi = mid;
	}
	return lo < t->count && t->items[lo].hash == wanted.hash
		? &t->items[lo] : NULL;
}

static const struct tombstone *
find(const struct tombstones *t, const void *key, size_t len)
{
	return find_hash(t, hash_bytes(key, len));
}

when_t
tombstones_when(const struct model *m, const struct guid *guid)
{
	const struct tombstone *t = m->tombstones.count
		? find(&m->tombstones, guid, sizeof(*guid)) : NULL;

	return t ? t->when : WHEN_NONE;
}

const struct tombstone *
tombstones_find(const struct model *m, const struct object *account)
{
	const struct tombstone *found = NULL;
	unsigned char sid[SID_BYTES];
	struct guid guid;
	size_t len;

	if (object_immutable_guid(account, &guid))
		found = find(&m->tombstones, &guid, sizeof(guid));
	if (!found && account->tenant.sync_sid &&
	    sid_parse(sid, &len, account->tenant.sync_sid) == 0)
		found = find(&m->tombstones, sid, len);
	return found;
}

const struct tombstone *
tombstones_before(const struct model *m, const struct object *o)
{
	const struct tombstone *end = m->tombstones.items + m->tombstones.count;
	const struct tombstone *out = NULL, *t;
	uint64_t hash = o->sam ? hash_name(o) : 0;

	t = o->sam && m->tombstones.count ? find_hash(&m->tombstones, hash)
	                                  : NULL;
	for (; t && t < end && t->hash == hash; t++)
		if (t->when != WHEN_NONE && t->when <= o->ad.created)
			out = t;
	return out;
}
