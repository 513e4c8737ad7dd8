/* Where AD has objects, to tell an orphan from what was not collected. */
#include "analyze/model/model.h"

#include <stdlib.h>

#include "analyze/model/account.h"
#include "analyze/scope/scope.h"
#include "base/list.h"
#include "base/mem.h"

static int
by_value(const void *a, const void *b)
{
	uint64_t x = *(const uint64_t *)a, y = *(const uint64_t *)b;

	return x < y ? -1 : x > y;
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
		if (c->of)
			to->domains[c->of->index] = true;
		to->has_bare = to->has_bare || (*c->dn && !*c->domain);
	}
}

void
seen_places_done(struct seen_places *p)
{
	if (p->count)
		qsort(p->containers, p->count, sizeof(*p->containers),
		      by_value);
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

bool
seen_places_hold(const struct model *m, struct containers *cs,
                 const struct object *o)
{
	const struct seen_places *p = &m->seen_places;
	const struct container *c = o->dn ? container_of(cs, o->dn) : NULL;
	const struct domain *d = o->tenant.sync_domain
		? domains_find(&m->domains, o->tenant.sync_domain)
		: c ? c->of : NULL;

	/* Of a domain that was not read whole, its object may be there. */
	if (d && d->present && (!has_all((struct model_part){ m, d }, o) ||
	                        is_younger(o, d)))
		return false;
	if (c && c->hash && p->count &&
	    bsearch(&c->hash, p->containers, p->count, sizeof(c->hash),
	            by_value))
		return true;
	/* One that its forest has no more has nothing in it. */
	return d && (!d->present || (read_whole(d) && p->domains &&
	                            p->domains[d->index]));
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
