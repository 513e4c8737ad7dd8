/* Holds looks at objects against each other, and keeps what differs. */
#include "analyze/load/timeline.h"

#include <stdlib.h>
#include <string.h>

#include "analyze/load/timeline_build.h"
#include "analyze/load/timeline_now.h"
#include "analyze/model/model.h"
#include "analyze/object/object.h"
#include "analyze/scope/scope.h"
#include "base/list.h"

/* What its own line lacks others may say, which complete it. */
static void
forget_lacks(struct timeline_builder *b, enum section s)
{
	const struct table *t = &b->g->m->tables[s];

	for (size_t i = 0; i < t->count; i++)
		for (int k = 0; t->rows[i].completed && k < LOOK_PRINTS; k++)
			if (!b->looks[s][i].prints[k])
				b->looks[s][i].known &=
					(uint16_t)~(1u << k);
}

static bool
has_looks(const struct registry *g, enum section s)
{
	return g->looks[s].count &&
	       g->looks[s].count == g->m->tables[s].count;
}

struct timeline_builder *
timeline_open(struct registry *g, enum side side)
{
	struct timeline_builder *b;

	if (!timeline_matters(g, timeline_sections[side][0]))
		return NULL;
	b = xcalloc(1, sizeof(*b));
	b->g = g;
	b->side = side;
	b->t = &g->m->timelines[side];
	b->domains = side == SIDE_AD ? g->m->domains.count + 1 : 1;
	b->snapshots = side == SIDE_AD ? g->m->history_count
	                               : g->m->past.tenant_count;
	b->absences = xcalloc(b->domains, sizeof(*b->absences));
	b->alike = xcalloc(b->domains, sizeof(*b->alike));
	b->tells = xcalloc(b->snapshots * b->domains * LOOK_SECTIONS,
	                   sizeof(*b->tells));
	b->places = xcalloc(b->snapshots, sizeof(*b->places));
	b->lanes = xcalloc(crew_lanes(g->m->jobs), sizeof(*b->lanes));
	for (size_t i = 0; i < timeline_section_count(side); i++) {
		enum section s = timeline_sections[side][i];
		size_t n = g->m->tables[s].count;

		if (!has_looks(g, s))
			continue;
		b->looks[s] = g->looks[s].items;
		b->met[s] = xcalloc(n, sizeof(*b->met[s]));
		b->t->newest[s] = xcalloc(n, sizeof(*b->t->newest[s]));
		forget_lacks(b, s);
	}
	return b;
}

/* ---- a snapshot ---- */

void
timeline_begin(struct timeline_builder *b, uint16_t snapshot)
{
	b->snapshot = snapshot;
	b->from = b->side == SIDE_AD ? b->g->m->history[snapshot]
	                             : b->g->m->past.tenants[snapshot];
	timeline_begin_absences(b);
}

static void
ask_domain(struct timeline_builder *b, size_t at)
{
	const struct model *m = b->g->m;
	const struct domain *d = domains_find(&m->domains,
		snapshot_domain_at(b->from, at)->name);
	unsigned now;

	if (!d)
		return;
	now = b->g->absences[b->section]
		? b->g->absences[b->section][d->index] : 0;
	b->absences[d->index] = look_absences(b->from, at, b->section);
	b->alike[d->index] = b->absences[d->index] == now;
}

void
timeline_section(struct timeline_builder *b, enum section s)
{
	b->section = s;
	memset(b->absences, 0, b->domains * sizeof(*b->absences));
	memset(b->alike, 0, b->domains * sizeof(*b->alike));
	if (b->side == SIDE_TENANT)
		b->absences[0] = look_absences(b->from, ALL_DOMAINS, s);
	for (size_t i = 0; b->side == SIDE_AD &&
	     i < snapshot_domain_count(b->from); i++)
		ask_domain(b, i);
}

/* When the look was that is the newer end of what is kept. */
static when_t
when_of(const struct timeline_builder *b, uint16_t snapshot,
        const struct object *o)
{
	return timelines_when(b->g->m, b->side, snapshot, o->domain);
}

/* How often what tells the fact was written between the two; 0: not known. */
static unsigned
writes(const struct last_look *newer, const struct last_look *older,
       enum look_fact fact)
{
	bool place = fact == LOOK_PLACE;
	uint16_t after = place ? newer->name_version : newer->control_version;
	uint16_t before = place ? older->name_version : older->control_version;

	return before && after ? (uint16_t)(after - before) : 0;
}

/*
 * The stamp of the newer look tells of the change if it was written between the
 * two; of the change alone, if that was the only write.
 */
static void
date(const struct timeline_builder *b, const struct last_look *newer,
     const struct last_look *older, const struct object *o,
     struct past_value *v)
{
	when_t when = v->fact == LOOK_PLACE ? newer->name_when
	                                    : newer->control_when;

	if (!when || when <= snapshot_collected(b->from) ||
	    when > when_of(b, v->newer, o))
		return;
	v->when = when;
	v->exact = writes(newer, older, (enum look_fact)v->fact) == 1;
}

/* The last look that knows what came then. */
static uint16_t
newer_end(const struct last_look *newer, enum look_fact fact)
{
	if (fact == LOOK_LIFE)
		return newer->life_last;
	return newer->stale >> fact & 1 ? newer->stale_last : newer->last;
}

static void
note(struct timeline_builder *b, struct timeline_lane *l, struct met_object of,
     const struct object *o, const struct last_look *look, enum look_fact fact)
{
	const struct last_look *newer = timeline_look(b, of);
	struct noted_value v = {
		.of = of, .container = look->container,
		.value = {
			.snapshot = b->snapshot, .fact = (uint8_t)fact,
			.newer = newer_end(newer, fact),
			.opens = !look_knows(newer, fact),
			.when = WHEN_NONE,
		},
	};

	if (fact >= LOOK_PRINTS)
		v.value.state = look_state(look, fact);
	else
		v.print = look->prints[fact];
	if (fact == LOOK_PASSWORD)
		v.value.when = o->ad.password_set;
	else if (fact == LOOK_LIFE && v.value.state == LIFE_DELETED)
		v.value.when = o->tenant.deleted_when;
	else if (fact == LOOK_PLACE || fact == LOOK_ENABLED)
		date(b, newer, look, o, &v.value);
	if (fact <= LOOK_TARGET) {
		const char *text = look_text(o, fact, &l->texts);

		v.value.text = !text || fact == LOOK_PROXIES ? text
			: arena_strdup(&l->texts, text);
	}
	LIST_RESERVE(l->values, l->value_room, l->value_count + 1);
	l->values[l->value_count++] = v;
}

static bool
differs(const struct last_look *newer, const struct last_look *older,
        enum look_fact fact)
{
	if (!look_knows(older, fact))
		return false;
	if (!look_knows(newer, fact))
		return true;
	return fact < LOOK_PRINTS ? newer->prints[fact] != older->prints[fact]
		: look_state(newer, fact) != look_state(older, fact);
}

/* As before, though it was written: something was done and undone, perhaps. */
static bool
is_undone(const struct last_look *newer, const struct last_look *older,
          enum look_fact fact)
{
	return (fact == LOOK_ENABLED || fact == LOOK_PLACE) &&
	       look_knows(newer, fact) && look_knows(older, fact) &&
	       writes(newer, older, fact) > 1;
}

static void
note_stamps(struct timeline_builder *b, struct timeline_lane *l,
            struct met_object of, const struct last_look *look)
{
	const struct last_look *newer = timeline_look(b, of);

	if (look->control_version == newer->control_version &&
	    look->name_version == newer->name_version &&
	    look->container == newer->container)
		return;
	LIST_RESERVE(l->stamps, l->stamp_room, l->stamp_count + 1);
	l->stamps[l->stamp_count++] = (struct noted_stamps){ of, *look };
}

/*
 * A filter of the engine that was not asked for takes nobody out, so that its
 * word counts only between looks that were asked for the same.
 */
static void
doubt_filters(const struct timeline_builder *b, const struct object *o,
              const struct last_look *newer, struct last_look *look)
{
	if (o->domain && b->alike[o->domain->index])
		return;
	if (look_state(look, LOOK_SCOPE) == SCOPE_FILTERED ||
	    (newer && look_state(newer, LOOK_SCOPE) == SCOPE_FILTERED))
		look->known &= (uint16_t)~(1u << LOOK_SCOPE);
}

static void
note_place(struct timeline_lane *l, const struct last_look *look)
{
	if (!look->container || look->container == l->last_place)
		return;
	l->last_place = look->container;
	LIST_RESERVE(l->places, l->place_room, l->place_count + 1);
	l->places[l->place_count++] = look->container;
}

void
timeline_see(struct timeline_builder *b, unsigned lane, struct fetch *f,
             const struct object *o, enum section s, uint32_t row)
{
	struct timeline_lane *l = &b->lanes[lane];
	struct met_object of = { s, row };
	struct last_look look = look_of(o, fetch_containers(f),
	                                timeline_absences(b->absences, o));
	long gone;

	timeline_set_life(&look, b->section);
	note_place(l, &look);
	if (s != SECTION_COUNT && !b->looks[s])
		return;
	if (s == SECTION_COUNT) {
		gone = timeline_find_gone(b, o);
		if (gone < 0) {
			doubt_filters(b, o, NULL, &look);
			timeline_note_gone(b, l, o, &look);
			return;
		}
		of.row = (uint32_t)gone;
	}
	doubt_filters(b, o, timeline_look(b, of), &look);
	LIST_RESERVE(l->met, l->met_room, l->met_count + 1);
	l->met[l->met_count++] = (struct met_line){ of, look.known };
	for (int i = 0; i < LOOK_FACTS; i++)
		if (differs(timeline_look(b, of), &look, (enum look_fact)i) ||
		    is_undone(timeline_look(b, of), &look,
		              (enum look_fact)i))
			note(b, l, of, o, &look, (enum look_fact)i);
	note_stamps(b, l, of, &look);
}

/* ---- what a thread has met, in order ---- */

#define MOVE(to, from, items, count, room) do { \
		LIST_RESERVE((to)->items, (to)->room, \
		             (to)->count + (from)->count); \
		if ((from)->count) \
			memcpy((to)->items + (to)->count, (from)->items, \
			       (from)->count * sizeof(*(from)->items)); \
		(to)->count += (from)->count; \
		(from)->count = 0; \
	} while (0)

/* What is kept of a piece is little: not worth a block of the arena each. */
static const char *
take_text(struct arena *a, const char *text)
{
	return text ? arena_strdup(a, text) : NULL;
}

static void
take_texts(struct arena *a, struct timeline_lane *l)
{
	for (size_t i = 0; i < l->value_count; i++)
		l->values[i].value.text = take_text(a, l->values[i].value.text);
	for (size_t i = 0; i < l->gone_count; i++) {
		struct gone_object *o = &l->gone[i].object;

		for (int k = 0; k <= LOOK_TARGET; k++)
			o->had.of[k] = take_text(a, o->had.of[k]);
		o->sam = take_text(a, o->sam);
		o->sid = take_text(a, o->sid);
	}
	arena_clear(&l->texts);
}

void
timeline_take_lane(struct timeline_builder *b, unsigned lane)
{
	struct timeline_lane *l = &b->lanes[lane];

	for (size_t i = 0; i < l->met_count; i++) {
		struct met_object of = l->met[i].of;
		struct met_mark *mark = of.section == SECTION_COUNT
			? &b->gone_met[of.row] : &b->met[of.section][of.row];

		mark->times = mark->times == MET_NOT ? MET_ONCE : MET_TWICE;
		mark->known |= l->met[i].known;
	}
	l->met_count = 0;
	l->last_place = 0;
	take_texts(&b->g->m->arena, l);
	MOVE(&b->all, l, values, value_count, value_room);
	MOVE(&b->all, l, stamps, stamp_count, stamp_room);
	MOVE(&b->all, l, gone, gone_count, gone_room);
	MOVE(&b->all, l, places, place_count, place_room);
}

static uint8_t
met(const struct timeline_builder *b, struct met_object of)
{
	return of.section == SECTION_COUNT ? b->gone_met[of.row].times
	                                   : b->met[of.section][of.row].times;
}

/* Of an object with several lines each says a part: none has not the rest. */
static bool
is_part(const struct timeline_builder *b, const struct noted_value *v)
{
	enum look_fact fact = (enum look_fact)v->value.fact;
	const struct last_look *look = timeline_look(b, v->of);

	if (met(b, v->of) != MET_TWICE)
		return false;
	if (fact < LOOK_PRINTS)
		return !v->print || look->prints[fact] == v->print;
	return look_state(look, fact) == v->value.state;
}

static void
apply(struct timeline_builder *b, const struct noted_value *v)
{
	enum look_fact fact = (enum look_fact)v->value.fact;
	struct last_look *look = timeline_look(b, v->of);

	if (is_part(b, v))
		return;
	timeline_keep(b, v->of, &v->value);
	look->known |= (uint16_t)(1u << fact);
	if (fact < LOOK_PRINTS)
		look->prints[fact] = v->print;
	else
		look->states[fact - LOOK_PRINTS] = v->value.state;
}

static void
apply_stamps(struct timeline_builder *b, const struct noted_stamps *s)
{
	struct last_look *look = timeline_look(b, s->of);

	look->control_version = s->look.control_version;
	look->control_when = s->look.control_when;
	look->name_version = s->look.name_version;
	look->name_when = s->look.name_when;
	if (s->look.container)
		look->container = s->look.container;
}

void
timeline_end(struct timeline_builder *b)
{
	for (size_t i = 0; i < b->all.value_count; i++)
		apply(b, &b->all.values[i]);
	for (size_t i = 0; i < b->all.stamp_count; i++)
		apply_stamps(b, &b->all.stamps[i]);
	timeline_take_places(b);
	timeline_sweep(b);
	timeline_take_gone(b);
	b->all.value_count = b->all.stamp_count = b->all.gone_count = 0;
}

static void
lane_release(struct timeline_lane *l)
{
	free(l->met);
	free(l->values);
	free(l->stamps);
	free(l->gone);
	free(l->places);
	arena_release(&l->texts);
}

void
timeline_close(struct timeline_builder *b)
{
	if (!b)
		return;
	timeline_name_gone(b);
	for (unsigned i = 0; i < crew_lanes(b->g->m->jobs); i++)
		lane_release(&b->lanes[i]);
	lane_release(&b->all);
	for (size_t i = 0; i < b->snapshots; i++)
		free(b->places[i].items);
	for (int s = 0; s < SECTION_COUNT; s++)
		free(b->met[s]);
	free(b->lanes);
	free(b->places);
	free(b->absences);
	free(b->alike);
	free(b->tells);
	free(b->gone);
	free(b->gone_met);
	hash_index_release(&b->ids);
	free(b);
}
