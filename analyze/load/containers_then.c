/*
 * Follows containers through older snapshots by their objectGUIDs. What is kept
 * is only what changed: one entry for each place that a container had, however
 * many snapshots have it there.
 */
#include "analyze/load/containers_then.h"

#include <stdlib.h>
#include <string.h>

#include "analyze/model/model.h"
#include "analyze/whatif/whatif.h"
#include "base/buf.h"
#include "base/dn.h"
#include "base/guid.h"
#include "base/hash.h"
#include "base/hash_index.h"
#include "base/list.h"
#include "base/record.h"

enum { NO_ITEM = -1 };

/* A container of the present. */
struct container_now {
	struct guid guid;
	const char *dn;
	const struct domain *of;
	long item;               /* where it lay in the last look; NO_ITEM */
	size_t seen;             /* in which look, from 1 */
};

struct followed {
	struct model *m;
	struct container_now *items;
	size_t count, room;
	struct hash_index by_guid;
	const struct snapshot *snapshot;     /* at hand */
	size_t look;                         /* its number, from 1 */
	size_t first;                        /* of the model's looks */
};

/* The domain of the container, if the snapshot at hand is that old for it. */
static const struct domain *
domain_of(const struct followed *f, const char *dn, enum table_age age)
{
	struct buf name = { 0 };
	const struct domain *d;

	dn_domain(&name, dn);
	d = *buf_text(&name) ? domains_find(&f->m->domains, buf_text(&name))
	                     : NULL;
	buf_release(&name);
	return d && (d->present == f->snapshot) == (age == TABLE_NOW) ? d
	                                                             : NULL;
}

static bool
take_guid(const struct record *r, struct guid *out)
{
	const char *text = record_text(r, "objectGUID");

	return text && guid_from_base64(out, text, strlen(text)) == 0;
}

static void
take_now(struct followed *f, const struct record *r)
{
	const char *dn = record_text(r, "dn");
	struct container_now c = {
		.item = NO_ITEM, .of = dn ? domain_of(f, dn, TABLE_NOW) : NULL,
	};

	if (!c.of || !take_guid(r, &c.guid))
		return;
	if (f->m->edits)
		dn = edits_dn(f->m->edits, dn, &f->m->arena);
	c.dn = arena_strdup(&f->m->arena, dn);
	hash_index_add(&f->by_guid, hash_bytes(&c.guid, sizeof(c.guid)),
	               f->count);
	LIST_RESERVE(f->items, f->room, f->count + 1);
	f->items[f->count++] = c;
}

static struct container_now *
find_now(const struct followed *f, const struct guid *guid)
{
	size_t at = HASH_INDEX_FIRST;
	long i;

	while ((i = hash_index_next(&f->by_guid, hash_bytes(guid,
	                            sizeof(*guid)), &at)) >= 0)
		if (memcmp(&f->items[i].guid, guid, sizeof(*guid)) == 0)
			return &f->items[i];
	return NULL;
}

static uint64_t
hash_of(const char *dn)
{
	struct buf norm = { 0 };
	uint64_t hash = 0;

	if (dn_normalise(&norm, dn) == 0)
		hash = hash_bytes(buf_text(&norm), norm.len) | 1;
	buf_release(&norm);
	return hash;
}

/* It lay there, or was not there, in the snapshot at hand. */
static void
note(struct followed *f, struct container_now *c, const char *then)
{
	struct containers_then *to = &f->m->containers_then;
	when_t when = snapshot_collected(f->snapshot);
	struct container_then *last = c->item < 0 ? NULL
	                                          : &to->items[c->item];

	if (last && (then ? dn_same(last->then, then) : !last->then)) {
		last->oldest = when;
		return;
	}
	LIST_RESERVE(to->items, to->room, to->count + 1);
	c->item = (long)to->count;
	to->items[to->count++] = (struct container_then){
		.hash = hash_of(c->dn), .now = c->dn,
		.then = then ? arena_strdup(&f->m->arena, then) : NULL,
		.newest = when, .oldest = when,
	};
}

/* The snapshot at hand has a container that is nowhere now. */
static void
note_lost(struct followed *f, const struct domain *d)
{
	struct containers_then *to = &f->m->containers_then;

	for (size_t i = f->first; i < to->look_count; i++)
		if (to->looks[i].of == d)
			to->looks[i].lost = true;
}

static void
take_then(struct followed *f, const struct record *r)
{
	const char *dn = record_text(r, "dn");
	const struct domain *d = dn ? domain_of(f, dn, TABLE_PAST) : NULL;
	struct container_now *c;
	struct guid guid;

	if (!d || !take_guid(r, &guid))
		return;
	c = find_now(f, &guid);
	if (!c) {
		note_lost(f, d);
		return;
	}
	c->seen = f->look;
	if (dn_same(c->dn, dn))
		c->item = NO_ITEM;
	else
		note(f, c, dn);
}

static int
scan(struct followed *f, void (*take)(struct followed *f,
                                      const struct record *r),
     struct err *err)
{
	struct record_scan r;
	int rc;

	if (record_scan_open(&r, f->snapshot, AD_CONTAINERS, err) < 0)
		return -1;
	while ((rc = record_scan_next(&r, err)) > 0)
		take(f, r.record);
	record_scan_close(&r);
	return rc;
}

/* Whether the snapshot has all containers of its domain number I, by GUID. */
static bool
tells(const struct snapshot *s, size_t i)
{
	return snapshot_domain_has_all_objects(s, i, AD_CONTAINERS) &&
	       snapshot_domain_objects(s, i, AD_CONTAINERS) &&
	       snapshot_domain_covers(s, i, AD_CONTAINERS, "objectGUID");
}

static bool
tells_now(const struct domain *d)
{
	return d->present && tells(d->present, d->at);
}

/* Notes of which domains the snapshot at hand tells the containers. */
static bool
note_looks(struct followed *f)
{
	struct containers_then *to = &f->m->containers_then;
	size_t before = to->look_count;

	for (size_t i = 0; i < snapshot_domain_count(f->snapshot); i++) {
		const char *name = snapshot_domain_at(f->snapshot, i)->name;
		const struct domain *d = *name
			? domains_find(&f->m->domains, name) : NULL;

		if (!d || d->present == f->snapshot || !tells_now(d) ||
		    !tells(f->snapshot, i))
			continue;
		LIST_RESERVE(to->looks, to->look_room, to->look_count + 1);
		to->looks[to->look_count++] = (struct containers_look){
			.of = d, .when = snapshot_collected(f->snapshot),
		};
	}
	return to->look_count > before;
}

/* What the look at its domain did not show was made later. */
static void
note_new(struct followed *f)
{
	const struct containers_then *t = &f->m->containers_then;

	for (size_t i = 0; i < f->count; i++)
		for (size_t k = f->first; k < t->look_count &&
		     f->items[i].seen != f->look; k++)
			if (t->looks[k].of == f->items[i].of) {
				note(f, &f->items[i], NULL);
				break;
			}
}

static int
look_at(struct followed *f, const struct snapshot *s, struct err *err)
{
	f->first = f->m->containers_then.look_count;
	f->snapshot = s;
	f->look++;
	if (!note_looks(f))
		return 0;
	if (scan(f, take_then, err) < 0)
		return -1;
	note_new(f);
	return 0;
}

int
containers_then_load(struct model *m, struct err *err)
{
	struct followed f = { .m = m };
	int rc = 0;

	for (size_t i = 0; i < m->ad_count && m->history_count && rc == 0;
	     i++) {
		f.snapshot = m->ad[i];
		rc = scan(&f, take_now, err);
	}
	for (size_t i = 0; i < m->history_count && rc == 0; i++)
		rc = look_at(&f, m->history[i], err);
	containers_then_settle(&m->containers_then);
	hash_index_release(&f.by_guid);
	free(f.items);
	return rc;
}
