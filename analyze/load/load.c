/* Which snapshots count, and in which order the model is built from them. */
#include "analyze/load/load.h"

#include <stdlib.h>

#include "analyze/load/address_holders.h"
#include "analyze/load/containers_then.h"
#include "analyze/load/exchange_servers.h"
#include "analyze/load/organization.h"
#include "analyze/load/group_anchors.h"
#include "analyze/load/history.h"
#include "analyze/load/index.h"
#include "analyze/load/joined_accounts.h"
#include "analyze/load/linked_masters.h"
#include "analyze/load/present.h"
#include "analyze/load/repeats.h"
#include "analyze/load/sections.h"
#include "analyze/load/shared_values.h"
#include "analyze/load/service_points.h"
#include "analyze/load/soa_policies.h"
#include "analyze/load/supplement.h"
#include "analyze/load/tenant_history.h"
#include "analyze/load/timeline_now.h"
#include "analyze/load/tombstones.h"
#include "analyze/load/unique_keys.h"
#include "analyze/policy/policy.h"
#include "analyze/whatif/whatif.h"
#include "base/err.h"

/* The time that is now: of what is judged, or the past of that. */
static when_t
newest(const struct model *m)
{
	when_t now = m->tenant ? snapshot_collected(m->tenant) : WHEN_NONE;

	if (m->ad_count && (now == WHEN_NONE ||
	                    snapshot_collected(m->ad[0]) > now))
		now = snapshot_collected(m->ad[0]);
	return now;
}

static const enum section tenant_sections[] = {
	TENANT_USERS, TENANT_GROUPS, TENANT_CONTACTS, TENANT_DELETED_USERS
};

enum {
	TENANT_SECTIONS = sizeof(tenant_sections) / sizeof(tenant_sections[0]),
};

static int
load_tenant(struct registry *g, struct err *err)
{
	for (size_t i = 0; i < TENANT_SECTIONS; i++)
		if (index_section(g, tenant_sections[i], err) < 0 ||
		    repeats_merge(g, tenant_sections[i], err) < 0)
			return -1;
	if (supplement_recipients(g, TENANT_MAILBOXES, err) < 0 ||
	    supplement_entries(g, SIDE_TENANT, err) < 0)
		return -1;
	mailbox_list_count(g->m);
	for (size_t i = 0; i < TENANT_SECTIONS; i++) {
		joins_settle(g->m, tenant_sections[i]);
		if (!timeline_matters(g, tenant_sections[i]))
			keys_release(&g->ids[tenant_sections[i]]);
		for (int w = 0; w < TWIN_WAYS; w++)
			keys_build(&g->twins[tenant_sections[i]].ways[w],
			           g->m->jobs);
	}
	keys_build(&g->held, g->m->jobs);
	keys_mark(&g->held);
	return 0;
}

static int
load_ad(struct registry *g, struct err *err)
{
	for (size_t i = 0; i < SYNCED_SECTIONS; i++)
		if (index_section(g, synced_sections[i], err) < 0)
			return -1;
	for (size_t i = 0; i < SYNCED_SECTIONS; i++)
		if (repeats_merge(g, synced_sections[i], err) < 0)
			return -1;
	if (supplement_recipients(g, AD_MAILBOXES, err) < 0 ||
	    linked_masters_find(g, err) < 0 ||
	    address_holders_index(g, err) < 0)
		return -1;
	if (supplement_entries(g, SIDE_AD, err) < 0)
		return -1;
	for (size_t i = 0; i < TENANT_SECTIONS; i++)
		index_shared(g->m, tenant_sections[i]);
	if (g->anchors.count)
		keys_build(&g->anchors, 1);
	return group_anchors_follow(g, err);
}

static int
load_present(struct registry *g, struct err *err)
{
	struct model *m = g->m;

	load_check_filters(m);
	if (load_tenant(g, err) < 0 || load_ad(g, err) < 0 ||
	    domains_met(m, err) < 0 || domains_claimed(m, err) < 0)
		return -1;
	keys_build(&m->controllers, 1);
	if (g->wants & SCREEN_MEMBERS) {
		keys_build(&m->by_dn, m->jobs);
		keys_build(&m->by_sid, m->jobs);
	}
	/* Where values are not compared, nobody looked for it. */
	if (g->join_value || !unique_matters(g, AD_USERS))
		m->facts->are[FACT_JOIN_VALUE] = YES;
	facts_settle(m->facts);
	organization_settle(m);
	load_check_join(m);
	if (soa_policies_load(m, err) < 0 || service_points_load(m, err) < 0)
		return -1;
	if ((g->wants & (SCREEN_UNCLAIMED | SCREEN_FORECAST)) &&
	    tombstones_load(m, err) < 0)
		return -1;
	if (containers_then_load(m, err) < 0 || history_load(g, err) < 0)
		return -1;
	return tenant_history_load(g, err);
}

static int
open_tables(struct model *m, struct err *err)
{
	for (int i = 0; i < SECTION_COUNT; i++) {
		enum section s = (enum section)i;
		const struct snapshot *const *from =
			section_side(s) == SIDE_AD ? m->ad : &m->tenant;
		size_t n = section_side(s) == SIDE_AD ? m->ad_count
			: m->tenant ? 1 : 0;

		for (size_t k = 0; k < n; k++)
			if (table_add(m, &m->tables[s], from[k], s, TABLE_NOW,
			              err) < 0)
				return -1;
	}
	joins_fill(m);
	joined_fill(m);
	return 0;
}

/* From here on, lines of the present are read with the edits applied. */
static int
take_edits(struct model *m, struct edits *e, struct err *err)
{
	if (!e)
		return 0;
	if (load_edits(e, m, err) < 0)
		return -1;
	m->edits = e;
	return 0;
}

static int
choose(struct model *m, struct snapshot *const *snapshots, size_t count,
       const struct model_plan *plan, struct err *err)
{
	if (present_choose(m, snapshots, count, plan->past, err) < 0 ||
	    tenant_choose(m, snapshots, count, plan->tenant_advice, err) < 0)
		return -1;
	m->as_of = plan->as_of == WHEN_NONE ? newest(m) : plan->as_of;
	if (!plan->past)
		present_tell(m);
	return 0;
}

int
model_load(struct model *m, struct snapshot *const *snapshots, size_t count,
           const struct model_plan *plan, struct err *err)
{
	struct registry *g = xcalloc(1, sizeof(*g));
	int rc = -1;

	*m = (struct model){ .policy = plan->policy, .data = plan->data,
	                     .baseline = plan->baseline, .jobs = plan->jobs };
	m->facts = facts_new(&m->arena);
	g->m = m;
	g->screen = plan->screen;
	g->timeline = plan->timeline && !plan->edits;
	if (choose(m, snapshots, count, plan, err) == 0 &&
	    open_tables(m, err) == 0 &&
	    take_edits(m, plan->edits, err) == 0 &&
	    load_domains(m, err) == 0 &&
	    load_group_members(m, err) == 0 &&
	    load_tenant_settings(m, err) == 0 &&
	    exchange_servers_load(m, err) == 0 &&
	    organization_load(m, err) == 0 &&
	    load_check_scope(m, err) == 0) {
		if (!plan->past) {
			present_tell_ages(m);
			load_tell_supposed(m);
		}
		g->wants = g->screen->open(g->screen, m);
		rc = load_present(g, err);
		g->screen->close(g->screen);
	}
	if (rc == 0)
		seen_places_done(m);
	if (rc == 0 && !plan->past)
		present_tell_unknown(m);
	if (rc == 0) {
		unique_claim_anchors(g);
		if (g->wants & SCREEN_REPEATS)
			shared_values_find_repeats(g);
		unique_find_contested(g);
		mail_domains_settle(m);
		rc = joined_accounts_move(m, err);
	}
	if (rc == 0) {
		if (g->wants & SCREEN_UNCLAIMED)
			seen_places_mark_unclaimed(m);
	}
	registry_release(g);
	free(g);
	return rc;
}

