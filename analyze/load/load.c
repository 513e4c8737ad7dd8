/* Which snapshots count, and in which order the model is built from them. */
#include "analyze/load/load.h"

#include <stdlib.h>

#include "analyze/load/address_holders.h"
#include "analyze/load/history.h"
#include "analyze/load/index.h"
#include "analyze/load/linked_masters.h"
#include "analyze/load/sections.h"
#include "analyze/load/supplement.h"
#include "analyze/load/unique_keys.h"
#include "analyze/policy/policy.h"
#include "analyze/scope/scope.h"
#include "analyze/whatif/whatif.h"
#include "base/err.h"

/* The newest snapshot of each side speaks for the present. */
static int
choose_side(struct model *m, const struct snapshot **all, size_t n,
            enum side side, struct err *err)
{
	const struct snapshot *best = NULL, *rival = NULL;

	for (size_t i = 0; i < n; i++) {
		when_t t = snapshot_collected(all[i]);

		if (!snapshot_has_side(all[i], side))
			continue;
		if (!best || t > snapshot_collected(best)) {
			best = all[i];
			rival = NULL;
		} else if (t == snapshot_collected(best)) {
			rival = all[i];
		}
	}
	if (rival)
		return err_usage(err, "%s and %s were collected at the same "
		                 "time, so neither is the present; import one "
		                 "again with --collected", snapshot_name(best),
		                 snapshot_name(rival));
	m->present[side] = best;
	return 0;
}

/* The newest first. */
static int
by_age(const void *a, const void *b)
{
	const struct snapshot *x = *(const struct snapshot *const *)a;
	const struct snapshot *y = *(const struct snapshot *const *)b;
	when_t tx = snapshot_collected(x), ty = snapshot_collected(y);

	return tx > ty ? -1 : tx < ty;
}

static int
choose(struct model *m, const struct snapshot **all, size_t n, when_t as_of,
       struct err *err)
{
	m->as_of = as_of;
	for (size_t i = 0; i < n && as_of == WHEN_NONE; i++)
		if (m->as_of == WHEN_NONE ||
		    snapshot_collected(all[i]) > m->as_of)
			m->as_of = snapshot_collected(all[i]);
	if (choose_side(m, all, n, SIDE_AD, err) < 0 ||
	    choose_side(m, all, n, SIDE_TENANT, err) < 0)
		return -1;
	m->history = xcalloc(n, sizeof(*m->history));
	for (size_t i = 0; i < n; i++)
		if (snapshot_has_side(all[i], SIDE_AD) &&
		    all[i] != m->present[SIDE_AD])
			m->history[m->history_count++] = all[i];
	if (m->history_count)
		qsort(m->history, m->history_count, sizeof(*m->history),
		      by_age);
	if (m->history_count >= HISTORY_NOW)
		return err_usage(err, "more than %d older snapshots",
		                 HISTORY_NOW - 1);
	for (size_t i = 1; i < m->history_count; i++)
		if (by_age(&m->history[i - 1], &m->history[i]) == 0)
			return err_usage(err, "%s and %s were collected at the "
			                 "same time; import one again with "
			                 "--collected",
			                 snapshot_name(m->history[i]),
			                 snapshot_name(m->history[i - 1]));
	return 0;
}

static const enum section ad_sections[] = {
	AD_USERS, AD_GROUPS, AD_CONTACTS, AD_COMPUTERS
};

static const enum section tenant_sections[] = {
	TENANT_USERS, TENANT_GROUPS, TENANT_CONTACTS, TENANT_DELETED_USERS
};

enum {
	AD_SECTIONS = sizeof(ad_sections) / sizeof(ad_sections[0]),
	TENANT_SECTIONS = sizeof(tenant_sections) / sizeof(tenant_sections[0]),
};

static int
load_tenant(struct registry *g, struct err *err)
{
	for (size_t i = 0; i < TENANT_SECTIONS; i++)
		if (index_section(g, tenant_sections[i], err) < 0 ||
		    supplement_twice(g, tenant_sections[i], err) < 0)
			return -1;
	if (supplement_recipients(g, TENANT_MAILBOXES, err) < 0 ||
	    supplement_entries(g, SIDE_TENANT, err) < 0)
		return -1;
	for (size_t i = 0; i < TENANT_SECTIONS; i++) {
		joins_settle(g->m, tenant_sections[i]);
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
	for (size_t i = 0; i < AD_SECTIONS; i++)
		if (index_section(g, ad_sections[i], err) < 0)
			return -1;
	for (size_t i = 0; i < AD_SECTIONS; i++)
		if (supplement_twice(g, ad_sections[i], err) < 0)
			return -1;
	if (supplement_recipients(g, AD_MAILBOXES, err) < 0 ||
	    linked_masters_find(g, err) < 0 ||
	    address_holders_index(g, err) < 0)
		return -1;
	if (supplement_entries(g, SIDE_AD, err) < 0)
		return -1;
	for (size_t i = 0; i < TENANT_SECTIONS; i++)
		index_shared(g->m, tenant_sections[i]);
	return 0;
}

static int
load_present(struct registry *g, struct err *err)
{
	struct model *m = g->m;

	load_check_filters(m);
	if (load_tenant(g, err) < 0 || load_ad(g, err) < 0)
		return -1;
	facts_settle(m->facts);
	return history_load(g, err);
}

static int
open_tables(struct model *m, struct err *err)
{
	for (int s = 0; s < SECTION_COUNT; s++) {
		const struct snapshot *from = model_source(m, (enum section)s);

		if (from && table_add(&m->tables[s], from, (enum section)s,
		                      m->policy, err) < 0)
			return -1;
	}
	joins_fill(m);
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

int
model_load(struct model *m, const struct snapshot **snapshots, size_t count,
           const struct model_plan *plan, struct err *err)
{
	struct registry *g = xcalloc(1, sizeof(*g));
	int rc = -1;

	*m = (struct model){ .policy = plan->policy, .jobs = plan->jobs };
	m->facts = facts_new(&m->arena);
	m->scope = scope_new(plan->policy);
	if (plan->past)
		m->past_scope = scope_new(plan->past);
	g->m = m;
	g->screen = plan->screen;
	if (choose(m, snapshots, count, plan->as_of, err) == 0 &&
	    open_tables(m, err) == 0 &&
	    take_edits(m, plan->edits, err) == 0 &&
	    load_domains(m, err) == 0 &&
	    load_group_members(m, err) == 0 &&
	    load_tenant_settings(m, err) == 0 &&
	    load_check_scope(m, err) == 0) {
		g->wants = g->screen->open(g->screen, m);
		rc = load_present(g, err);
		g->screen->close(g->screen);
	}
	seen_places_done(&m->seen_places);
	if (rc == 0) {
		unique_claim_anchors(g);
		unique_find_contested(m);
		if (g->wants & SCREEN_UNCLAIMED)
			seen_places_mark_unclaimed(m);
	}
	registry_release(g);
	free(g);
	return rc;
}

