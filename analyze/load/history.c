/* Goes through older snapshots, and keeps how objects were if they differed. */
#include "analyze/load/history.h"

#include <stdlib.h>
#include <string.h>

#include "analyze/load/past_values.h"
#include "analyze/load/timeline.h"
#include "analyze/model/model.h"
#include "base/list.h"
#include "base/warn.h"

static const enum section sections[] = { AD_USERS, AD_GROUPS, AD_CONTACTS };

enum { SECTIONS = sizeof(sections) / sizeof(sections[0]) };

/* How an object was when it was looked at last, going back in time. */
struct look {
	uint32_t oldest;             /* of its entries; 0: none */
	uint16_t newer[HISTORY_TELLS];       /* the last that tells each */
	uint16_t control_version, name_version;
	uint8_t scope, enabled, flags;
	/*
	 * Of what was asked for, HOLDS_ bits that no look had so far; whether
	 * names and addresses were others than now; members, or none if that
	 * no longer matters; the name that Exchange had for it.
	 */
	uint8_t lacks;
	bool other;
	uint8_t told;                /* what the present was asked for */
	uint32_t members;
	uint32_t legacy;             /* as it was last; 0: it had none */
};

/* What a line of an older snapshot says of an object of the present. */
struct found {
	enum section section;
	uint32_t row;
	uint16_t control_version, name_version;
	uint8_t scope, enabled, flags;
	bool other;
	uint8_t told;                /* as in struct look */
	struct holdings_then had;
	struct seen at;
};

struct history_lane {
	struct found *items;
	size_t count, room;
	struct key_list past;
};

struct histories {
	struct scan scan;
	struct registry *g;
	uint16_t snapshot;
	bool compares;             /* both were asked for what is compared */
	struct history_lane *lanes;
	struct timeline_builder *timeline;   /* NULL: it is not told */
	struct look *looks[SECTION_COUNT];
};

/* Whether the row is the object, by its SID: that has to be read. */
static int
has_sid(const struct histories *p, struct fetch *f, enum section s,
        uint32_t row, const struct object *then, bool *same, struct err *err)
{
	struct arena scratch = { 0 };
	struct object o;
	int rc = fetch_object(f, s, row, &scratch, &o, err);

	(void)p;
	*same = rc == 0 && o.ad.sid_len == then->ad.sid_len &&
	        memcmp(o.ad.sid, then->ad.sid, o.ad.sid_len) == 0;
	arena_release(&scratch);
	return rc;
}

/* Objects move between the domains of a forest, and keep their GUID. */
static bool
is_same_forest(const struct histories *p, const struct row *now,
               const struct object *then)
{
	const struct domain *d = model_domain(p->g->m, now);

	return !d || !then->domain || d->forest == then->domain->forest ||
	       !*d->name || !*then->domain->name;
}

static bool
by_guid(const struct histories *p, const struct object *then, struct found *out)
{
	uint64_t hash = hash_bytes(&then->guid, sizeof(then->guid));

	for (size_t i = 0; i < SECTIONS; i++) {
		const struct row *rows = p->g->m->tables[sections[i]].rows;
		const struct key *end, *k = keys_find(&p->g->ids[sections[i]],
		                                      hash, &end);

		for (; k < end; k++) {
			if (k->hash != hash ||
			    memcmp(&rows[k->row].guid, &then->guid,
			           sizeof(then->guid)) != 0 ||
			    !is_same_forest(p, &rows[k->row], then))
				continue;
			out->section = sections[i];
			out->row = rows[k->row].merged
				? rows[k->row].twin - 1 : k->row;
			return true;
		}
	}
	return false;
}

static int
by_sid(const struct histories *p, struct fetch *f, const struct object *then,
       struct found *out, bool *found, struct err *err)
{
	uint64_t hash = hash_bytes(then->ad.sid, then->ad.sid_len);

	for (size_t i = 0; i < SECTIONS && !*found; i++) {
		const struct row *rows = p->g->m->tables[sections[i]].rows;
		const struct key *end, *k = keys_find(&p->g->sids[sections[i]],
		                                      hash, &end);

		for (; k < end && !*found; k++) {
			if (k->hash != hash)
				continue;
			out->section = sections[i];
			out->row = rows[k->row].merged
				? rows[k->row].twin - 1 : k->row;
			if (has_sid(p, f, sections[i], out->row, then, found,
			            err) < 0)
				return -1;
		}
	}
	return 0;
}

static bool
knows_guids(const struct histories *p)
{
	for (size_t i = 0; i < SECTIONS; i++)
		if (p->g->ids[sections[i]].count)
			return true;
	return false;
}

static int
each(struct scan *s, unsigned lane, struct object *o, const struct seen *at)
{
	struct histories *p = (struct histories *)s;
	struct history_lane *l = &p->lanes[lane];
	struct fetch *f = s->lanes[lane].fetch;
	struct found one = { .at = *at };
	bool found;

	fetch_scope(f, s->table, o);
	found = o->has_guid && by_guid(p, o, &one);
	if (!found && o->ad.sid && (!o->has_guid || !knows_guids(p)) &&
	    by_sid(p, f, o, &one, &found, &s->lanes[lane].err) < 0)
		return -1;
	if (p->timeline)
		timeline_see(p->timeline, lane, f, o, found ? one.section
		             : SECTION_COUNT, one.row);
	if (past_matters(p->g))
		one.other = past_note(p->g, o, found ? one.section
		                      : SECTION_COUNT, one.row, &l->past) &&
			p->compares;
	if (!found)
		return 0;
	one.scope = o->scope.cause == SCOPE_BY_GUESS
		? SCOPE_UNSEEN : (uint8_t)o->scope.state;
	one.enabled = (uint8_t)o->enabled;
	one.had = past_holdings(o);
	one.told = past_told(s->table, o->domain ? o->domain->index : 0);
	one.control_version = row_version(&o->ad.control_stamp);
	one.name_version = row_version(&o->ad.name_stamp);
	one.flags = row_flags(o->ad.control);
	LIST_RESERVE(l->items, l->room, l->count + 1);
	l->items[l->count++] = one;
	return 0;
}

/* Keeps the entry; it is older than all that are there of the object. */
static void
keep(struct histories *p, const struct found *f, struct look *look)
{
	struct model *m = p->g->m;
	struct row *r = &m->tables[f->section].rows[f->row];

	LIST_RESERVE(m->history_rows, m->history_row_room,
	             m->history_row_count + 1);
	m->history_rows[m->history_row_count++] = (struct history_row){
		.snapshot = p->snapshot,
		.newer = { look->newer[TELLS_PLACE],
		           look->newer[TELLS_ENABLED],
		           look->newer[TELLS_VALUES] },
		.scope = f->scope, .enabled = f->enabled,
		.section = p->scan.section, .place = f->at.place,
		.wanted = f->at.wanted,
	};
	if (look->oldest)
		m->history_rows[look->oldest - 1].older =
			(uint32_t)m->history_row_count;
	else
		r->history = (uint32_t)m->history_row_count;
	look->oldest = (uint32_t)m->history_row_count;
	r->suspect = true;
}

enum { GROUP_LEAST = 10 };

/* A group with more than twice its members, once; few are noise. */
static bool
is_larger(const struct found *f, const struct look *look)
{
	return f->section == AD_GROUPS && f->had.members >= GROUP_LEAST &&
	       look->members < (f->had.members + 1) / 2;
}

/* Whether it was then what it is not now, and no newer look was. */
static bool
tells_values(const struct found *f, const struct look *look)
{
	return (f->had.holds & look->lacks) || f->other != look->other ||
	       (f->had.legacy && look->legacy &&
	        f->had.legacy != look->legacy) || is_larger(f, look);
}

/* Of two versions of a stamp, or flags, of which either may not be known. */
static bool
differ(uint16_t a, uint16_t b)
{
	return a && b && a != b;
}

/* Bits of TELLS_ that the line says as much of as a newer one did. */
static unsigned
tells_of(const struct found *f, const struct look *look)
{
	return (f->scope != SCOPE_UNSEEN ? 1u << TELLS_PLACE : 0) |
	       (f->enabled != UNKNOWN ? 1u << TELLS_ENABLED : 0) |
	       (look->told & ~(f->told | f->had.holds)
	        ? 0 : 1u << TELLS_VALUES);
}

static void
take(struct scan *s, unsigned lane, size_t piece)
{
	struct histories *p = (struct histories *)s;
	struct history_lane *l = &p->lanes[lane];

	(void)piece;
	if (p->timeline)
		timeline_take_lane(p->timeline, lane);
	keys_take(&p->g->m->in_use[IN_USE_PAST], &l->past, 0);
	for (size_t i = 0; i < l->count; i++) {
		struct found *f = &l->items[i];
		struct look *look = &p->looks[f->section][f->row];
		unsigned tells;

		tells = tells_of(f, look);
		/* What is not known is no other scope, nor another state. */
		if (f->scope == SCOPE_UNSEEN)
			f->scope = look->scope;
		else if (look->scope == SCOPE_UNSEEN)
			look->scope = f->scope;
		if (f->enabled == UNKNOWN)
			f->enabled = look->enabled;
		else if (look->enabled == UNKNOWN)
			look->enabled = f->enabled;
		p->g->m->tables[f->section].rows[f->row].seen_before = true;
		if (look->scope != f->scope || look->enabled != f->enabled ||
		    differ(look->control_version, f->control_version) ||
		    differ(look->name_version, f->name_version) ||
		    differ(look->flags, f->flags) ||
		    tells_values(f, look))
			keep(p, f, look);
		look->lacks &= (uint8_t)~f->had.holds;
		look->other = f->other;
		if (f->had.legacy)
			look->legacy = f->had.legacy;
		if (is_larger(f, look))
			look->members = UINT32_MAX;
		for (int k = 0; k < HISTORY_TELLS; k++)
			if (tells >> k & 1)
				look->newer[k] = p->snapshot;
		look->scope = f->scope;
		look->enabled = f->enabled;
		look->control_version = f->control_version;
		look->name_version = f->name_version;
		look->flags = f->flags;
	}
	l->count = 0;
}

/* Whether both sides of the comparison have all that past_note goes by. */
static bool
compares(const struct model *m, const struct snapshot *from, enum section s)
{
	static const enum attr read[] = { ATTR_UPN, ATTR_MAIL, ATTR_PROXIES };

	for (size_t i = 0; i < sizeof(read) / sizeof(read[0]); i++)
		if (!model_covers(m, s, read[i]) ||
		    !snapshot_covers(from, s, attr_name(SIDE_AD, read[i])))
			return false;
	return true;
}

static int
load_section(struct histories *p, enum section s, struct err *err)
{
	const struct snapshot *from = p->g->m->history[p->snapshot];
	struct table *t = &p->g->m->history_tables[(size_t)p->snapshot *
	                                           SECTION_COUNT + s];

	if (table_add(p->g->m, t, from, s, TABLE_PAST, err) < 0)
		return -1;
	p->compares = compares(p->g->m, from, s);
	if (p->timeline)
		timeline_section(p->timeline, s);
	p->scan = (struct scan){
		.m = p->g->m, .table = t, .section = s, .each = each,
		.take = take,
	};
	if (scan_run(&p->scan, err) < 0)
		return -1;
	table_close_files(t);
	return 0;
}

static int
load_snapshot(struct histories *p, uint16_t snapshot, struct err *err)
{
	int rc = 0;

	p->snapshot = snapshot;
	if (p->timeline)
		timeline_begin(p->timeline, snapshot);
	for (size_t i = 0; i < SECTIONS && rc == 0; i++)
		rc = load_section(p, sections[i], err);
	if (p->timeline && rc == 0)
		timeline_end(p->timeline);
	return rc;
}

/* What its line lacks that others, which complete it, have is no loss. */
static void
look_at_holdings(struct histories *p)
{
	for (size_t i = 0; i < p->g->holdings.count; i++) {
		const struct key *k = &p->g->holdings.items[i];
		struct holdings_then is = past_noted(k);
		struct look *look;

		if (!p->looks[k->section] ||
		    p->g->m->tables[k->section].rows[k->row].merged)
			continue;
		look = &p->looks[k->section][k->row];
		look->lacks = look->told & HOLDS_ALL & (uint8_t)~is.holds;
		look->members = is.members;
		look->legacy = is.legacy;
	}
	key_list_release(&p->g->holdings);
}

/* The present is the first look. */
static void
look_now(struct histories *p, enum section s)
{
	const struct table *t = &p->g->m->tables[s];

	p->looks[s] = xcalloc(t->count, sizeof(*p->looks[s]));
	for (size_t i = 0; i < t->count; i++)
		p->looks[s][i] = (struct look){
			.newer = { HISTORY_NOW, HISTORY_NOW, HISTORY_NOW },
			.told = past_told(t, t->rows[i].domain
			                ? t->rows[i].domain - 1 : 0),
			.scope = t->rows[i].unplaced
				? SCOPE_UNSEEN : (uint8_t)t->rows[i].scope,
			.enabled = (uint8_t)t->rows[i].enabled,
			.control_version = t->rows[i].control_version,
			.name_version = t->rows[i].name_version,
			.flags = t->rows[i].flags,
		};
}

/* ---- another domain of one name ---- */

/* Users of the domain in S, of whom objectGUID is known; its number in *AT. */
static bool
tells_users(const struct model *m, const struct snapshot *s,
            const struct domain *d, size_t *at)
{
	for (size_t k = 0; k < snapshot_domain_count(s); k++)
		if (domains_find(&m->domains,
		                 snapshot_domain_at(s, k)->name) == d &&
		    snapshot_domain_objects(s, k, AD_USERS) &&
		    snapshot_domain_covers(s, k, AD_USERS, "objectGUID")) {
			*at = k;
			return true;
		}
	return false;
}

static bool
any_seen_before(const struct model *m, const struct domain *d)
{
	const struct table *t = &m->tables[AD_USERS];

	for (size_t i = 0; i < t->count; i++)
		if (t->rows[i].seen_before &&
		    model_domain(m, &t->rows[i]) == d)
			return true;
	return false;
}

/*
 * Two customers have a corp.local each. Without SIDs the older one is taken for
 * the history of the other, which then has not one user of it.
 */
static void
tell_stranger(const struct model *m, const struct domain *d)
{
	const struct snapshot *past = NULL;
	size_t then = 0, now;

	if (!*d->name || !d->present || !d->history ||
	    !tells_users(m, d->present, d, &now))
		return;
	for (size_t i = 0; i < m->history_count && !past; i++)
		if (m->history[i] != d->present &&
		    tells_users(m, m->history[i], d, &then))
			past = m->history[i];
	if (!past || (snapshot_domain_at(past, then)->sid &&
	              snapshot_domain_at(d->present, now)->sid) ||
	    any_seen_before(m, d))
		return;
	warn("%s: no user in %s is in %s, which is taken for its history; if "
	     "they are two domains of one name, analyze them one by one",
	     d->name, snapshot_name(d->present), snapshot_name(past));
}

int
history_load(struct registry *g, struct err *err)
{
	struct model *m = g->m;
	struct histories p = { .g = g };
	unsigned n = crew_lanes(m->jobs);
	int rc = 0;

	if (!m->history_count)
		return 0;
	m->history_tables = xcalloc(m->history_count * SECTION_COUNT,
	                            sizeof(*m->history_tables));
	p.lanes = xcalloc(n, sizeof(*p.lanes));
	past_open(g);
	for (size_t i = 0; i < SECTIONS; i++) {
		look_now(&p, sections[i]);
		keys_build(&g->sids[sections[i]], m->jobs);
	}
	look_at_holdings(&p);
	p.timeline = timeline_open(g, SIDE_AD);
	for (size_t k = 0; k < m->history_count && rc == 0; k++)
		rc = load_snapshot(&p, (uint16_t)k, err);
	timeline_close(p.timeline);
	for (size_t i = 0; i < m->domains.count && rc == 0; i++)
		tell_stranger(m, &m->domains.items[i]);
	keys_build(&m->in_use[IN_USE_PAST], m->jobs);
	for (unsigned i = 0; i < n; i++) {
		key_list_release(&p.lanes[i].past);
		free(p.lanes[i].items);
	}
	for (size_t i = 0; i < SECTIONS; i++)
		free(p.looks[sections[i]]);
	free(p.lanes);
	return rc;
}
