/* Where AD has objects, to tell an orphan from what was not collected. */
#include "analyze/model/model.h"

#include <stdlib.h>
#include <string.h>

#include "analyze/model/account.h"
#include "analyze/policy/policy.h"
#include "analyze/scope/scope.h"
#include "base/buf.h"
#include "base/dn.h"
#include "base/hash.h"
#include "base/list.h"
#include "base/mem.h"
#include "base/utf8.h"

static int
by_value(const void *a, const void *b)
{
	uint64_t x = *(const uint64_t *)a, y = *(const uint64_t *)b;

	return x < y ? -1 : x > y;
}

static bool
is_among(const uint64_t *sorted, size_t n, uint64_t hash)
{
	return n && bsearch(&hash, sorted, n, sizeof(hash), by_value);
}

bool
seen_places_has(const struct seen_places *p, uint64_t hash)
{
	return is_among(p->containers, p->count, hash) ||
	       is_among(p->above, p->above_count, hash);
}

/* The containers that the container lies in; hashed as container.hash. */
static void
take_above(struct seen_places *to, const char *dn)
{
	struct buf norm = { 0 };
	const char *at = "";

	/* Once for all of them: what stands above is the end of it. */
	if (dn_normalise(&norm, dn_parent(dn)) == 0)
		at = buf_text(&norm);
	for (; *at; at = dn_parent(at)) {
		LIST_RESERVE(to->above, to->above_room, to->above_count + 1);
		to->above[to->above_count++] = hash_bytes(at, strlen(at)) | 1;
	}
	buf_release(&norm);
}

void
seen_places_take(struct seen_places *to, const struct containers *cs,
                 const struct domains *ds)
{
	const struct container *c;

	if (!to->domains)
		to->domains = xcalloc(ds->count, sizeof(*to->domains));
	for (size_t at = 0; (c = containers_next(cs, &at)); ) {
		LIST_RESERVE(to->containers, to->room, to->count + 1);
		to->containers[to->count++] = c->hash;
		take_above(to, c->dn);
		if (c->of)
			to->domains[c->of->index] = true;
		to->has_bare = to->has_bare || (*c->dn && !*c->domain);
	}
}

/*
 * What was read within such a time counts as one look. A snapshot of a whole
 * forest takes an hour, too, and says one time; who migrates people to another
 * forest does not delete their former objects on the same day.
 */
enum look_span { LOOK_AT_FOREST = 3600, LOOK_ABROAD = 24 * 3600 };

/* Whether A was read before the look at B. */
static bool
is_staler(const struct domain *a, const struct domain *b, enum look_span look)
{
	return snapshot_collected(b->present) -
		snapshot_collected(a->present) >= (when_t)look;
}

static bool
has_look(const struct domain *d)
{
	return d->present && *d->name;
}

/* Takes D into what is known of its forest. */
static void
take_look(struct hiding_place *h, const struct domain *d)
{
	when_t when = snapshot_collected(d->present);

	if (!h->stale || when < snapshot_collected(h->stale->present))
		h->stale = d;
	if (!h->newest || when > snapshot_collected(h->newest->present))
		h->newest = d;
}

/*
 * A domain of the forest that no snapshot has: as its partitions, or the
 * policy, name one; or the root, which gave the forest its name.
 */
static const char *
find_unread(const struct domains *ds, const struct forest *f)
{
	const struct policy *p = f->policy;

	for (size_t i = 0; i < ds->unread_count; i++)
		if (utf8_same_folded(ds->unread[i].forest, f->name))
			return ds->unread[i].name;
	for (size_t i = 0; i < p->domain_count; i++)
		if (!domains_find(ds, p->domains[i]))
			return p->domains[i];
	return *f->name && !domains_find(ds, f->name) ? f->name : NULL;
}

static struct hiding_place *
hiding_of(const struct model *m, const struct domain *d)
{
	return &m->seen_places.hiding[d->forest - m->domains.forests];
}

static void
find_hiding(struct model *m)
{
	const struct domains *ds = &m->domains;
	struct hiding_place *to = xcalloc(ds->forest_count + 1, sizeof(*to));

	m->seen_places.hiding = to;
	for (size_t i = 0; i < ds->count; i++)
		if (has_look(&ds->items[i]))
			take_look(hiding_of(m, &ds->items[i]), &ds->items[i]);
	for (size_t i = 0; i < ds->forest_count; i++) {
		to[i].unread = find_unread(ds, &ds->forests[i]);
		if (to[i].stale && !is_staler(to[i].stale, to[i].newest,
		                               LOOK_AT_FOREST))
			to[i].stale = NULL;
	}
}

void
seen_places_done(struct model *m)
{
	struct seen_places *p = &m->seen_places;

	if (p->count)
		qsort(p->containers, p->count, sizeof(*p->containers),
		      by_value);
	if (p->above_count)
		qsort(p->above, p->above_count, sizeof(*p->above), by_value);
	find_hiding(m);
}

/* Whether all of a domain was asked for. */
static bool
read_whole(const struct domain *d)
{
	const struct snapshot *ad = d->present;

	return snapshot_is_live(ad) && !snapshot_requested(ad, "base") &&
	       !snapshot_requested(ad, "filter");
}

static bool
has_all(struct model_part p, const struct object *o)
{
	enum section s = section_of(SIDE_AD, o->kind);

	return s != SECTION_COUNT && part_complete(p, s) &&
	       !part_is_filtered(p, s);
}

/* Its object may have been made after AD was read. */
static bool
is_younger(const struct object *o, const struct domain *d)
{
	return o->tenant.created_when != WHEN_NONE &&
	       o->tenant.created_when > snapshot_collected(d->present);
}

/*
 * No cycle would have written to it whose object was gone from AD by then: it
 * came, or came back, after AD was read.
 */
static bool
is_synced_later(const struct object *o, const struct domain *d)
{
	return o->tenant.last_sync != WHEN_NONE &&
	       o->tenant.last_sync - snapshot_collected(d->present) >=
	       (when_t)LOOK_AT_FOREST;
}

/* Whether it was looked where the object lay. */
static bool
is_seen(const struct seen_places *p, const struct container *c,
        const struct domain *d)
{
	if (c && c->hash && is_among(p->containers, p->count, c->hash))
		return true;
	/* One that its forest has no more has nothing in it. */
	return d && (!d->present || (read_whole(d) && p->domains &&
	                            p->domains[d->index]));
}

/*
 * A domain of another forest to which, or from which, it may have been migrated
 * with its source anchor between the looks at both; or NULL.
 */
static const struct domain *
find_abroad(const struct model *m, const struct domain *d)
{
	if (d->forest->policy->anchor == ANCHOR_OBJECT_GUID || !has_look(d))
		return NULL;
	for (size_t i = 0; i < m->domains.count; i++) {
		const struct domain *other = &m->domains.items[i];

		if (other->forest != d->forest && has_look(other) &&
		    !other->unconnected &&
		    (is_staler(other, d, LOOK_ABROAD) ||
		     is_staler(d, other, LOOK_ABROAD)))
			return other;
	}
	return NULL;
}

/* Its domain has it no more: whether another one may have it by now. */
static struct unseen_object
judge_others(const struct model *m, const struct domain *d)
{
	const struct hiding_place *h = d ? hiding_of(m, d) : NULL;
	struct unseen_object out = { .domain = domain_name(d), .of = d };

	if (h && h->unread) {
		out.why = UNSEEN_ELSEWHERE;
		out.unread = h->unread;
	} else if (h && h->stale) {
		out.why = UNSEEN_STALE;
		out.other = h->stale;
	} else if (d) {
		out.other = find_abroad(m, d);
	}
	return out;
}

struct unseen_object
seen_places_judge(const struct model *m, struct containers *cs,
                  const struct object *o)
{
	const struct container *c = o->dn ? container_of(cs, o->dn) : NULL;
	const struct domain *d = o->tenant.sync_domain
		? domains_find(&m->domains, o->tenant.sync_domain)
		: c ? c->of : NULL;
	struct unseen_object out = {
		.domain = d ? domain_name(d) : o->tenant.sync_domain
			? o->tenant.sync_domain : c ? c->domain : NULL,
	};

	/* Of a domain that was not read whole, its object may be there. */
	if (d && d->present && !has_all((struct model_part){ m, d }, o))
		out.why = UNSEEN_KIND;
	else if (d && d->present && is_younger(o, d))
		out.why = UNSEEN_YOUNGER;
	else if (d && d->present && is_synced_later(o, d))
		out = (struct unseen_object){
			.why = UNSEEN_LATER, .domain = out.domain, .of = d
		};
	else if (is_seen(&m->seen_places, c, d))
		out = judge_others(m, d);
	else
		out.why = d ? UNSEEN_PLACE : out.domain && *out.domain
			? UNSEEN_DOMAIN : UNSEEN_NAMELESS;
	return out;
}

void
seen_places_mark_unclaimed(struct model *m)
{
	static const enum section sections[] = { TENANT_USERS, TENANT_GROUPS };

	for (size_t i = 0; i < sizeof(sections) / sizeof(sections[0]); i++) {
		struct table *t = &m->tables[sections[i]];

		for (size_t k = 0; k < t->count; k++) {
			struct row *r = &t->rows[k];

			if (!r->merged && !r->twin && r->account &&
			    r->account->synced == YES)
				r->suspect = true;
		}
	}
}
