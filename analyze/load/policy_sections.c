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

/* Whether it can be told which containers the domain has. */
static bool
knows_containers(struct model_part p)
{
	return part_complete(p, AD_CONTAINERS) && part_lines(p, AD_CONTAINERS);
}

/* Of a domain whose containers were not collected, any may be there. */
static bool
meet_unread(const struct model *m)
{
	bool any = false;

	for (size_t i = 0; i < m->domains.count; i++) {
		const struct domain *d = &m->domains.items[i];

		if (!d->present || !*d->name)
			continue;
		if (knows_containers((struct model_part){ m, d }))
			any = true;
		else
			for (size_t k = 0; k < m->domains.forest_count; k++)
				scope_meet_domain(m->domains.forests[k].scope,
				                  d->name);
	}
	return any;
}

/* Takes the containers of a snapshot; whether all have DNs. */
static int
meet_containers(struct model *m, const struct snapshot *ad, bool *placeless,
                struct err *err)
{
	struct record_scan r;
	int rc;

	if (record_scan_open(&r, ad, AD_CONTAINERS, err) < 0)
		return -1;
	while ((rc = record_scan_next(&r, err)) > 0) {
		const char *dn = record_text(r.record, "dn");

		*placeless = *placeless || !dn;
		for (size_t i = 0; dn && i < m->domains.forest_count; i++)
			scope_meet(m->domains.forests[i].scope, dn);
	}
	record_scan_close(&r);
	return rc;
}

/* The first container that is nowhere, of all that forests have in common. */
static void
tell_unmet(const struct model *m)
{
	for (size_t i = 0; i < m->domains.forest_count; i++) {
		const struct forest *f = &m->domains.forests[i];
		const char *unmet = f->policy->has_scope
			? scope_unmet(f->scope) : NULL;

		if (!unmet)
			continue;
		warn("%s: scope: %s is no container of the AD snapshot; is it "
		     "misspelt or renamed?", f->policy->scope_name, unmet);
		/* Where no forest has its own, all would say the same. */
		if (f->policy == m->policy)
			return;
	}
}

int
load_check_scope(struct model *m, struct err *err)
{
	bool placeless = false;

	/* What edits name was looked for, and is there after them. */
	if (m->edits || !m->ad_count)
		return 0;
	if (!meet_unread(m))
		return 0;
	for (size_t i = 0; i < m->ad_count; i++)
		if (meet_containers(m, m->ad[i], &placeless, err) < 0)
			return -1;
	for (size_t i = 0; !placeless && i < m->domains.forest_count; i++)
		scope_containers_done(m->domains.forests[i].scope);
	if (!placeless)
		tell_unmet(m);
	return 0;
}

/* A member is known by its DN, which an edit may have changed. */
static void
take_member(const struct model *m, const struct forest *f, const char *dn)
{
	struct arena scratch = { 0 };

	if (f->past)
		scope_add_member(f->past, dn);
	if (m->edits)
		dn = edits_dn(m->edits, dn, &scratch);
	scope_add_member(f->scope, dn);
	arena_release(&scratch);
}

/* Whether the domain has objects of the rule's kind, but not what it reads. */
static bool
is_lost(const struct model *m, const struct domain *d,
        const struct filter_rule *r, enum section s)
{
	const struct table *t = &m->tables[s];

	return section_kind(s) == r->kind &&
	       part_lines((struct model_part){ m, d }, s) &&
	       !attr_set_covers(&t->covered[d->index], &r->needs);
}

void
load_check_filters(const struct model *m)
{
	static const enum section sections[] = {
		AD_USERS, AD_GROUPS, AD_CONTACTS, AD_COMPUTERS
	};
	enum { SECTIONS = sizeof(sections) / sizeof(sections[0]) };

	for (size_t i = 0; i < m->domains.count; i++) {
		const struct domain *d = &m->domains.items[i];
		const struct policy *p = d->forest->policy;
		const struct filter_rule *r = p->filters ? p->filters->rules
		                                         : NULL;

		for (; r && d->present; r = r->next)
			for (size_t k = 0; k < SECTIONS; k++)
				if (is_lost(m, d, r, sections[k]))
					warn("%s: not applied, since the AD "
					     "snapshot does not have the "
					     "attributes: %s (%s)",
					     p->scope_name, r->reason,
					     kind_name(r->kind));
	}
}

/* What nobody has, of all that joins can go by; NULL: it is no attribute. */
static const char *
join_name(const struct policy *p)
{
	static const char *const names[] = {
		[JOIN_UNSAID] = NULL, [JOIN_ONCE] = NULL, [JOIN_SID] = NULL,
		[JOIN_MAIL] = "mail", [JOIN_NAME] = "mailNickname",
		[JOIN_ATTRIBUTE] = NULL,
	};

	return p->join == JOIN_ATTRIBUTE ? p->join_attribute : names[p->join];
}

/* Forests of one server have one join: the first speaks for all. */
static const struct policy *
joining_policy(const struct model *m)
{
	for (size_t i = 0; i < m->domains.forest_count; i++)
		if (m->domains.forests[i].policy->engine != ENGINE_CLOUD_SYNC)
			return m->domains.forests[i].policy;
	return NULL;
}

void
load_check_join(const struct model *m)
{
	const struct policy *p = joining_policy(m);
	size_t lack = 0, all = 0;

	if (!p || !join_name(p) || m->domains.forest_count < 2 ||
	    fact_is(m, FACT_JOIN_VALUE) == YES)
		return;
	for (size_t i = 0; i < m->domains.forest_count; i++) {
		const struct forest *f = &m->domains.forests[i];

		all += f->policy->engine != ENGINE_CLOUD_SYNC;
		lack += !attr_set_is_empty(&f->join_unread);
	}
	warn("%s: sync.join: %s was %s: nobody can be joined by it%s", p->name,
	     join_name(p), lack == all ? "not collected of any forest" : lack
	     ? "not collected of all forests, and is empty in the others"
	     : "collected, and is empty everywhere in scope",
	     p->join == JOIN_ATTRIBUTE ? "; is it misspelt?" : "");
}

/* The direct members of the filter group. */
static void
take_members(const struct model *m, const struct forest *f,
             const struct record *r)
{
	long at = record_find(r, "member");

	for (size_t i = 0; at >= 0 && i < record_values(r, (size_t)at); i++)
		take_member(m, f, record_value(r, (size_t)at, i).data);
}

/* Takes the group's members for all whose filter group it is. */
static void
take_group(struct model *m, const struct record *r, const char *dn)
{
	for (size_t i = 0; i < m->domains.forest_count; i++) {
		const struct forest *f = &m->domains.forests[i];

		if (scope_is_group(f->scope, dn))
			take_members(m, f, r);
	}
}

static int
take_groups(struct model *m, const struct snapshot *ad, bool *placeless,
            struct err *err)
{
	struct record_scan r;
	int rc;

	if (record_scan_open(&r, ad, AD_GROUPS, err) < 0)
		return -1;
	while ((rc = record_scan_next(&r, err)) > 0) {
		const char *dn = record_text(r.record, "dn");

		if (dn)
			take_group(m, r.record, dn);
		else
			*placeless = true;
	}
	record_scan_close(&r);
	return rc;
}

int
load_group_members(struct model *m, struct err *err)
{
	const struct domains *ds = &m->domains;
	bool placeless = false, any = false;
	int rc = 0;

	for (size_t i = 0; i < ds->forest_count; i++)
		any = any || ds->forests[i].policy->group_count;
	for (size_t i = 0; any && i < m->ad_count && rc == 0; i++)
		rc = take_groups(m, m->ad[i], &placeless, err);
	for (size_t i = 0; i < ds->forest_count && rc == 0; i++) {
		const struct forest *f = &ds->forests[i];
		const char *unmet = scope_unmet_group(f->scope);

		scope_members_done(f->scope);
		if (f->past)
			scope_members_done(f->past);
		if (unmet)
			rc = err_usage(err, "%s: scope.group: %s is not in the "
			               "AD snapshot%s", f->policy->scope_name,
			               unmet, placeless
			               ? ", but groups without a DN are; "
			               "export DistinguishedName, too" : "");
	}
	return rc;
}
