/* What the model takes from the smaller sections, object by object. */
#include <string.h>

#include "analyze/load/sections.h"
#include "analyze/model/model.h"
#include "analyze/policy/policy.h"
#include "analyze/scope/scope.h"
#include "analyze/whatif/whatif.h"
#include "base/err.h"
#include "base/record.h"
#include "base/warn.h"

int
load_check_scope(struct model *m, struct err *err)
{
	bool placeless = false;
	struct record_scan r;
	int rc;

	/* What edits name was looked for, and is there after them. */
	if (m->edits || !m->policy->has_scope ||
	    !model_complete(m, AD_CONTAINERS) ||
	    !snapshot_objects(m->present[SIDE_AD], AD_CONTAINERS))
		return 0;
	if (record_scan_open(&r, m->present[SIDE_AD], AD_CONTAINERS, err) < 0)
		return -1;
	while ((rc = record_scan_next(&r, err)) > 0)
		if (record_text(r.record, "dn"))
			scope_meet(m->scope, record_text(r.record, "dn"));
		else
			placeless = true;
	record_scan_close(&r);
	if (rc == 0 && !placeless && scope_unmet(m->scope))
		warn("%s: scope: %s is no container of the AD snapshot; is it "
		     "misspelt or renamed?", m->policy->scope_name,
		     scope_unmet(m->scope));
	return rc;
}

/* A member is known by its DN, which an edit may have changed. */
static void
take_member(struct model *m, const char *dn)
{
	struct arena scratch = { 0 };

	if (m->past_scope)
		scope_add_member(m->past_scope, dn);
	if (m->edits)
		dn = edits_dn(m->edits, dn, &scratch);
	scope_add_member(m->scope, dn);
	arena_release(&scratch);
}

/* Whether objects lie in the section, and it lacks what the rule compares. */
static bool
is_lost(const struct model *m, const struct filter_rule *r, enum section s)
{
	const struct table *t = &m->tables[s];

	return section_side(s) == SIDE_AD && section_kind(s) == r->kind &&
	       t->file && snapshot_objects(m->present[SIDE_AD], s) &&
	       !attr_set_covers(&t->covered, &r->needs);
}

void
load_check_filters(const struct model *m)
{
	static const enum section sections[] = {
		AD_USERS, AD_GROUPS, AD_CONTACTS, AD_COMPUTERS
	};
	const struct filter_rule *r = m->policy->filters
		? m->policy->filters->rules : NULL;

	for (; r; r = r->next)
		for (size_t i = 0; i < sizeof(sections) / sizeof(sections[0]);
		     i++)
			if (is_lost(m, r, sections[i]))
				warn("%s: not applied, since the AD snapshot "
				     "does not have the attributes: %s (%s)",
				     m->policy->scope_name, r->reason,
				     kind_name(r->kind));
}

/* The direct members of the filter group. */
static void
take_members(struct model *m, const struct record *r)
{
	long at = record_find(r, "member");

	for (size_t i = 0; at >= 0 && i < record_values(r, (size_t)at); i++)
		take_member(m, record_value(r, (size_t)at, i).data);
}

int
load_group_members(struct model *m, struct err *err)
{
	const char *unmet;
	bool placeless = false;
	struct record_scan r;
	int rc;

	if (!m->policy->group_count || !m->present[SIDE_AD])
		return 0;
	if (record_scan_open(&r, m->present[SIDE_AD], AD_GROUPS, err) < 0)
		return -1;
	while ((rc = record_scan_next(&r, err)) > 0) {
		const char *dn = record_text(r.record, "dn");

		placeless = placeless || !dn;
		if (dn && scope_is_group(m->scope, dn))
			take_members(m, r.record);
	}
	record_scan_close(&r);
	scope_members_done(m->scope);
	if (m->past_scope)
		scope_members_done(m->past_scope);
	unmet = scope_unmet_group(m->scope);
	if (rc == 0 && unmet)
		return err_usage(err, "%s: scope.group: %s is not in the AD "
		                 "snapshot%s", m->policy->scope_name,
		                 unmet, placeless ? ", but groups "
		                 "without a DN are; export "
		                 "DistinguishedName, too" : "");
	return rc;
}
