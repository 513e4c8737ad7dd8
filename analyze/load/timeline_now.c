/* What the present tells, to which older looks are held. */
#include "analyze/load/timeline_now.h"

#include "analyze/model/model.h"
#include "analyze/object/object.h"
#include "analyze/scope/scope.h"
#include "base/list.h"

const enum section timeline_sections[SIDE_COUNT][LOOK_SECTIONS] = {
	[SIDE_AD] = { AD_USERS, AD_GROUPS, AD_CONTACTS, SECTION_COUNT },
	[SIDE_TENANT] = { TENANT_USERS, TENANT_GROUPS, TENANT_CONTACTS,
	                  TENANT_DELETED_USERS },
};

size_t
timeline_section_count(enum side side)
{
	return side == SIDE_AD ? LOOK_SECTIONS - 1 : LOOK_SECTIONS;
}

static bool
has_history(const struct model *m, enum side side)
{
	return side == SIDE_AD ? m->history_count > 0
	                       : m->past.tenant_count > 0;
}

bool
timeline_matters(const struct registry *g, enum section s)
{
	enum side side = section_side(s);

	if (!g->timeline || !has_history(g->m, side))
		return false;
	for (size_t i = 0; i < timeline_section_count(side); i++)
		if (timeline_sections[side][i] == s)
			return true;
	return false;
}

void
timeline_expect(struct registry *g, enum section s)
{
	const struct domains *ds = &g->m->domains;
	unsigned *to;

	if (!timeline_matters(g, s))
		return;
	to = xcalloc(ds->count + 1, sizeof(*to));
	if (section_side(s) == SIDE_TENANT)
		*to = look_absences(g->m->tenant, ALL_DOMAINS, s);
	for (size_t i = 0; section_side(s) == SIDE_AD && i < ds->count; i++)
		if (ds->items[i].present)
			to[i] = look_absences(ds->items[i].present,
			                      ds->items[i].at, s);
	g->absences[s] = to;
}

static uint8_t
life_of(enum section s)
{
	return s == TENANT_DELETED_USERS ? LIFE_DELETED : LIFE_LIVE;
}

void
timeline_set_life(struct last_look *l, enum section s)
{
	l->states[LOOK_LIFE - LOOK_PRINTS] = life_of(s);
	l->known |= (uint16_t)(1u << LOOK_LIFE);
}

unsigned
timeline_absences(const unsigned *of, const struct object *o)
{
	if (o->side == SIDE_TENANT)
		return of[0];
	return o->domain ? of[o->domain->index] : 0;
}

void
timeline_note(const struct registry *g, const struct entry *e,
              struct look_list *to)
{
	struct last_look l;

	if (!g->absences[e->s])
		return;
	l = look_of(e->o, fetch_containers(e->fetch),
	            timeline_absences(g->absences[e->s], e->o));
	timeline_set_life(&l, e->s);
	LIST_RESERVE(to->items, to->room, to->count + 1);
	to->items[to->count++] = l;
}
