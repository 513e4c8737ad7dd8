/* Goes through older snapshots of the tenant, once for all who ask. */
#include "analyze/load/tenant_history.h"

#include <string.h>

#include "analyze/load/lost_accounts.h"
#include "analyze/load/past_accounts.h"
#include "analyze/load/timeline.h"
#include "analyze/model/model.h"
#include "base/hash.h"

static const enum section sections[] = {
	TENANT_USERS, TENANT_GROUPS, TENANT_CONTACTS, TENANT_DELETED_USERS
};

enum { SECTIONS = sizeof(sections) / sizeof(sections[0]) };

struct tenant_history {
	struct scan scan;
	struct registry *g;
	struct past_seeker *seeker;          /* NULL: nobody is looked for */
	struct lost_seeker *lost;            /* likewise */
	struct timeline_builder *timeline;   /* NULL: it is not told */
};

/* An id stays, also when its object is deleted. */
static enum section
find(const struct tenant_history *h, const struct object *o, uint32_t *row)
{
	uint64_t hash = hash_bytes(&o->guid, sizeof(o->guid));

	for (size_t i = 0; o->has_guid && i < SECTIONS; i++) {
		enum section s = sections[i];
		const struct row *rows = h->g->m->tables[s].rows;
		const struct key *end, *k = keys_find(&h->g->ids[s], hash,
		                                      &end);

		for (; k < end; k++) {
			const struct row *r = &rows[k->row];

			if (k->hash != hash || !r->account ||
			    memcmp(&r->account->id, &o->guid,
			           sizeof(o->guid)) != 0)
				continue;
			*row = r->merged ? r->twin - 1 : k->row;
			return s;
		}
	}
	return SECTION_COUNT;
}

static int
each(struct scan *s, unsigned lane, struct object *o, const struct seen *at)
{
	struct tenant_history *h = (struct tenant_history *)s;
	uint32_t row = 0;

	(void)at;
	if (h->seeker && s->section == TENANT_USERS)
		past_accounts_see(h->seeker, lane, o);
	if (h->timeline && o->has_guid) {
		enum section found = find(h, o, &row);

		timeline_see(h->timeline, lane, s->lanes[lane].fetch, o,
		             found, row);
	}
	if (!h->lost || !lost_accounts_seek(h->lost, s->section))
		return 0;
	return lost_accounts_see(h->lost, lane, s->lanes[lane].fetch, o,
	                         &s->lanes[lane].err);
}

static void
take(struct scan *s, unsigned lane, size_t piece)
{
	struct tenant_history *h = (struct tenant_history *)s;

	(void)piece;
	if (h->seeker)
		past_accounts_take(h->seeker, lane);
	if (h->lost)
		lost_accounts_take(h->lost, lane);
	if (h->timeline)
		timeline_take_lane(h->timeline, lane);
}

static int
read_section(struct tenant_history *h, const struct snapshot *from,
             enum section s, struct err *err)
{
	struct table t = { 0 };
	int rc = table_add(h->g->m, &t, from, s, TABLE_PAST, err);

	if (h->timeline)
		timeline_section(h->timeline, s);
	h->scan = (struct scan){
		.m = h->g->m, .table = &t, .section = s, .each = each,
		.take = take,
	};
	if (rc == 0 && t.file_count)
		rc = scan_run(&h->scan, err);
	table_release(&t);
	return rc;
}

/* Of two looks at one time nobody knows which was the later one. */
static bool
is_of_one_time(const struct model *m, uint16_t snapshot)
{
	const struct past_accounts *p = &m->past;
	when_t when = snapshot_collected(p->tenants[snapshot]);

	return (snapshot && snapshot_collected(p->tenants[snapshot - 1]) ==
	        when) ||
	       (snapshot + 1u < p->tenant_count &&
	        snapshot_collected(p->tenants[snapshot + 1]) == when);
}

/* Whether somebody asks for the section. */
static bool
is_wanted(const struct tenant_history *h, enum section s)
{
	return h->timeline || (h->seeker && s == TENANT_USERS) ||
	       (h->lost && lost_accounts_seek(h->lost, s));
}

static int
read_one(struct tenant_history *h, uint16_t snapshot, struct err *err)
{
	const struct snapshot *from = h->g->m->past.tenants[snapshot];
	struct timeline_builder *timeline = h->timeline;
	int rc = 0;

	if (is_of_one_time(h->g->m, snapshot))
		h->timeline = NULL;
	if (h->seeker)
		past_accounts_begin(h->seeker, from);
	if (h->lost)
		lost_accounts_begin(h->lost, from);
	if (h->timeline)
		timeline_begin(h->timeline, snapshot);
	for (size_t i = 0; i < SECTIONS && rc == 0; i++)
		if (is_wanted(h, sections[i]))
			rc = read_section(h, from, sections[i], err);
	if (h->lost)
		lost_accounts_end(h->lost);
	if (h->timeline && rc == 0)
		timeline_end(h->timeline);
	h->timeline = timeline;
	return rc;
}

int
tenant_history_load(struct registry *g, struct err *err)
{
	struct tenant_history h = { .g = g };
	int rc = 0;

	if (!g->m->past.tenant_count)
		return 0;
	if (g->m->past.tenant_count >= HISTORY_NOW)
		return err_usage(err, "more than %d older snapshots of the "
		                 "tenant", HISTORY_NOW - 1);
	h.seeker = past_accounts_open(g->m);
	h.lost = lost_accounts_open(g);
	h.timeline = timeline_open(g, SIDE_TENANT);
	for (size_t i = 0; i < g->m->past.tenant_count && rc == 0 &&
	     (h.seeker || h.lost || h.timeline); i++)
		rc = read_one(&h, (uint16_t)i, err);
	past_accounts_close(h.seeker);
	lost_accounts_close(h.lost);
	timeline_close(h.timeline);
	return rc;
}
