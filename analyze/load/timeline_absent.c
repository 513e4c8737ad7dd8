/* Whether who is not in a snapshot was not there. */
#include "analyze/load/timeline_build.h"

#include <stdlib.h>
#include <string.h>

#include "analyze/load/absence.h"
#include "analyze/model/model.h"
#include "analyze/object/object.h"
#include "base/hash.h"
#include "base/list.h"

static size_t
section_at(enum side side, enum section s)
{
	size_t i = 0;

	while (i + 1 < LOOK_SECTIONS && timeline_sections[side][i] != s)
		i++;
	return i;
}

static bool *
tells_at(const struct timeline_builder *b, uint16_t snapshot, size_t domain)
{
	return &b->tells[((size_t)snapshot * b->domains + domain) *
	                 LOOK_SECTIONS];
}

void
timeline_begin_absences(struct timeline_builder *b)
{
	const struct domains *ds = &b->g->m->domains;
	size_t n = b->side == SIDE_AD ? snapshot_domain_count(b->from) : 1;

	b->places[b->snapshot].whole = b->side == SIDE_TENANT ||
		(snapshot_is_live(b->from) &&
		 !snapshot_requested(b->from, "base"));
	for (size_t k = 0; k < n; k++) {
		const struct domain *d = b->side == SIDE_TENANT ? NULL
			: domains_find(ds, snapshot_domain_at(b->from, k)
			               ->name);
		bool *to = tells_at(b, b->snapshot, d ? d->index : 0);

		if (b->side == SIDE_AD &&
		    (!d || !snapshot_domain_is_held(b->from, k)))
			continue;
		for (size_t i = 0; i < timeline_section_count(b->side); i++)
			to[i] = absence_is_told(b->from, b->side == SIDE_AD
			                        ? k : ALL_DOMAINS,
			                        timeline_sections[b->side][i]);
	}
}

static int
by_value(const void *a, const void *b)
{
	uint32_t x = *(const uint32_t *)a, y = *(const uint32_t *)b;

	return x < y ? -1 : x > y;
}

void
timeline_take_places(struct timeline_builder *b)
{
	struct look_places *to = &b->places[b->snapshot];
	uint32_t *from = b->all.places;
	size_t n = b->all.place_count;

	if (n)
		qsort(from, n, sizeof(*from), by_value);
	for (size_t i = 0; i < n; i++) {
		if (i && from[i] == from[i - 1])
			continue;
		LIST_RESERVE(to->items, to->room, to->count + 1);
		to->items[to->count++] = from[i];
	}
	b->all.place_count = 0;
}

/* Whether the snapshot looked where the object lay. */
static bool
was_looked_at(const struct look_places *p, uint32_t container)
{
	if (p->whole)
		return true;
	return container && p->count &&
	       bsearch(&container, p->items, p->count, sizeof(container),
	               by_value);
}

static bool
would_be_seen(const struct timeline_builder *b, uint16_t snapshot,
              enum section s, size_t domain, uint32_t container)
{
	return tells_at(b, snapshot, domain)[section_at(b->side, s)] &&
	       was_looked_at(&b->places[snapshot], container);
}

/* Of whom it is asked whether he was not there. */
struct absentee {
	struct met_object of;
	enum section section;
	size_t domain;               /* its number; of the tenant 0 */
	bool is_keyed;               /* it is found, if it is there */
	when_t made;                 /* or WHEN_NONE */
};

/* Who was deleted may have been among the live then, and the other way. */
static enum section
lives_in(enum section s)
{
	return s == TENANT_DELETED_USERS ? TENANT_USERS : s;
}

static void
sweep(struct timeline_builder *b, const struct absentee *o)
{
	struct last_look *look = timeline_look(b, o->of);
	uint8_t *life = &look->states[LOOK_LIFE - LOOK_PRINTS];

	if (!o->is_keyed || (o->made != WHEN_NONE &&
	                     o->made > snapshot_collected(b->from)) ||
	    !would_be_seen(b, b->snapshot, lives_in(o->section), o->domain,
	                   look->container))
		return;
	if (*life != LIFE_ABSENT)
		timeline_keep(b, o->of, &(struct past_value){
			.snapshot = b->snapshot, .newer = look->life_last,
			.fact = LOOK_LIFE, .state = LIFE_ABSENT,
			.when = WHEN_NONE,
		});
	*life = LIFE_ABSENT;
	look->life_last = b->snapshot;
}

static void
sweep_met(struct last_look *look, uint16_t snapshot, struct met_mark *met)
{
	uint16_t stale = look->known & (uint16_t)~met->known;

	/* One time for all of them, and rather too late than too early. */
	if (stale && !look->stale)
		look->stale_last = look->last;
	look->stale = stale;
	look->last = look->life_last = snapshot;
	*met = (struct met_mark){ 0, MET_NOT };
}

static void
sweep_row(struct timeline_builder *b, enum section s, uint32_t row)
{
	const struct row *r = &b->g->m->tables[s].rows[row];
	bool is_ad = b->side == SIDE_AD;

	sweep(b, &(struct absentee){
		.of = { s, row }, .section = s,
		.domain = is_ad && r->domain ? r->domain - 1 : 0,
		.is_keyed = is_ad ? r->domain && r->has_guid
			: r->account != NULL,
		.made = is_ad ? r->created : r->account
			? r->account->created : WHEN_NONE,
	});
}

static void
sweep_section(struct timeline_builder *b, enum section s)
{
	const struct table *t = &b->g->m->tables[s];

	for (size_t i = 0; i < t->count; i++) {
		if (b->met[s][i].times != MET_NOT)
			sweep_met(&b->looks[s][i], b->snapshot, &b->met[s][i]);
		else if (!t->rows[i].merged)
			sweep_row(b, s, (uint32_t)i);
	}
}

static void
sweep_gone(struct timeline_builder *b)
{
	for (size_t i = 0; i < b->t->gone_count; i++) {
		const struct gone_object *o = &b->t->gone[i];

		if (b->gone_met[i].times != MET_NOT)
			sweep_met(&b->gone[i], b->snapshot, &b->gone_met[i]);
		else
			sweep(b, &(struct absentee){
				.of = { SECTION_COUNT, (uint32_t)i },
				.section = o->section,
				.domain = o->domain ? o->domain - 1 : 0,
				.is_keyed = o->has_guid && (o->domain ||
				            b->side == SIDE_TENANT),
				.made = o->created,
			});
	}
}

void
timeline_sweep(struct timeline_builder *b)
{
	for (size_t i = 0; i < timeline_section_count(b->side); i++)
		if (b->looks[timeline_sections[b->side][i]])
			sweep_section(b, timeline_sections[b->side][i]);
	sweep_gone(b);
}

uint16_t
timeline_first_without(const struct timeline_builder *b,
                       const struct gone_object *o, uint32_t container)
{
	size_t domain = o->domain ? o->domain - 1 : 0;

	for (uint16_t i = o->snapshot; o->has_guid && i > 0; i--)
		if (would_be_seen(b, (uint16_t)(i - 1), lives_in(o->section),
		                  domain, container))
			return (uint16_t)(i - 1);
	return HISTORY_NOW;
}
