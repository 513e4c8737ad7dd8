/* What the model takes from the smaller sections, object by object. */
#include <string.h>

#include "analyze/load/sections.h"
#include "analyze/model/model.h"
#include "analyze/policy/policy.h"
#include "analyze/scope/scope.h"
#include "analyze/whatif/whatif.h"
#include "base/buf.h"
#include "base/dn.h"
#include "base/err.h"
#include "base/record.h"
#include "base/utf8.h"
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

/* The domain that a DN lies in, or NULL: none that was collected. */
static const struct domain *
domain_of(const struct model *m, const char *dn)
{
	struct buf name = { 0 };
	const struct domain *d;

	dn_domain(&name, dn);
	d = domains_find(&m->domains, buf_text(&name));
	buf_release(&name);
	return d && d->present ? d : NULL;
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
		if (domain_of(m, unmet))
			warn("%s: scope: %s is no container of the AD "
			     "snapshot; is it misspelt or renamed?",
			     f->policy->scope_name, unmet);
		else
			warn("%s: scope: no AD snapshot holds the domain of "
			     "%s; was it not collected, or is it misspelt?",
			     f->policy->scope_name, unmet);
		/* Where no forest has its own, all would say the same. */
		if (f->policy == m->policy)
			return;
	}
}

int
load_check_scope(struct model *m, struct err *err)
{
	const struct domain *unknown = domains_unknown(&m->domains);
	bool placeless = unknown && unknown->objects;

	/* What edits name was looked for, and is there after them. */
	if (m->edits || !m->ad_count)
		return 0;
	if (!meet_unread(m)) {
		/* What is in none of the domains is nowhere all the same. */
		if (!placeless && m->domains.with_objects)
			tell_unmet(m);
		return 0;
	}
	placeless = false;
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
        const struct filter_rule *r)
{
	enum section s = section_of(SIDE_AD, r->kind);

	return d->present && part_lines((struct model_part){ m, d }, s) &&
	       !attr_set_covers(&m->tables[s].covered[d->index], &r->needs);
}

static bool
is_same_rule(const struct filter_rule *a, const struct filter_rule *b)
{
	return a->kind == b->kind && strcmp(a->reason, b->reason) == 0;
}

/* The rule of the domain's forest that says what R does, where it is lost. */
static const struct filter_rule *
lost_in(const struct model *m, const struct domain *d,
        const struct filter_rule *r)
{
	const struct filter_set *set = d->forest->policy->filters;
	const struct filter_rule *own = set ? set->rules : NULL;

	while (own && !is_same_rule(own, r))
		own = own->next;
	return own && is_lost(m, d, own) ? own : NULL;
}

/* " in emea.contoso.com and fabrikam.local", from the domain number FIRST. */
static void
list_lost(struct buf *out, const struct model *m, size_t first,
          const struct filter_rule *r)
{
	const struct domains *ds = &m->domains;

	for (size_t i = first; i < ds->count; i++) {
		const char *name = domain_name(&ds->items[i]);

		if (lost_in(m, &ds->items[i], r))
			buf_addf(out, "%s%s", out->len ? ", " : " in ",
			         name ? name : "no known domain");
	}
}

static void
tell_lost(const struct model *m, size_t first, const struct filter_rule *r)
{
	const struct policy *p = m->domains.items[first].forest->policy;
	struct buf where = { 0 };

	for (size_t i = 0; i < first; i++)
		if (lost_in(m, &m->domains.items[i], r))
			return;
	if (m->domains.with_objects > 1)
		list_lost(&where, m, first, r);
	warn("%s: not applied%s, since the AD snapshot does not have the "
	     "attributes: %s (%s); who of them is in scope is not known",
	     p->scope_name, buf_text(&where), r->reason, kind_name(r->kind));
	buf_release(&where);
}

void
load_check_filters(const struct model *m)
{
	for (size_t i = 0; i < m->domains.count; i++) {
		const struct domain *d = &m->domains.items[i];
		const struct filter_set *set = d->forest->policy->filters;

		for (const struct filter_rule *r = set ? set->rules : NULL; r;
		     r = r->next)
			if (is_lost(m, d, r))
				tell_lost(m, i, r);
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
	warn("%s: sync.join: %s was %s: no one can be joined by it%s", p->name,
	     join_name(p), lack == all ? "not collected of any forest" : lack
	     ? "not collected of all forests, and is empty in the others"
	     : "collected, and is empty everywhere in scope",
	     p->join == JOIN_ATTRIBUTE ? "; is it misspelt?" : "");
}

/* Forests without an entry of their own have one policy. */
static bool
is_first_of_policy(const struct model *m, const struct forest *f)
{
	const struct forest *other = m->domains.forests;

	while (other->policy != f->policy)
		other++;
	return other == f;
}

/* Who else is a member is not known, and so in scope or not. */
static void
members_unread(const struct model *m, const struct forest *f,
               const char *group, const char *why)
{
	if (is_first_of_policy(m, f))
		warn("%s: scope.group: the AD snapshot %s of %s: who else is "
		     "a direct member of it, and so in scope, is not known",
		     f->policy->scope_name, why, group);
	scope_members_unread(f->scope);
	if (f->past)
		scope_members_unread(f->past);
}

/* Whether values of the attribute were lost where the line was read. */
static bool
has_lost(const struct record *r, const char *attribute)
{
	long at = record_find(r, RECORD_LACKS);

	for (size_t i = 0; at >= 0 && i < record_values(r, (size_t)at); i++)
		if (ascii_casecmp(record_value(r, (size_t)at, i).data,
		                  attribute) == 0)
			return true;
	return false;
}

/* The direct members of the filter group. */
static void
take_members(const struct model *m, const struct forest *f,
             const struct record *r, const char *group)
{
	long at = record_find(r, "member");
	const struct model_part p = { m, domain_of(m, group) };

	for (size_t i = 0; at >= 0 && i < record_values(r, (size_t)at); i++)
		take_member(m, f, record_value(r, (size_t)at, i).data);
	if (has_lost(r, "member"))
		members_unread(m, f, group, "lacks members");
	else if (p.d && !part_covers(p, AD_GROUPS, ATTR_MEMBER))
		members_unread(m, f, group, "does not have member");
}

/* Takes the group's members for all whose filter group it is. */
static void
take_group(struct model *m, const struct record *r, const char *dn)
{
	for (size_t i = 0; i < m->domains.forest_count; i++) {
		const struct forest *f = &m->domains.forests[i];

		if (scope_is_group(f->scope, dn))
			take_members(m, f, r, dn);
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

/* A group that is not there may be among those that were not collected. */
static int
check_unmet(const struct model *m, const struct forest *f, bool placeless,
            struct err *err)
{
	const char *group;

	while ((group = scope_unmet_group(f->scope))) {
		const struct domain *d = domain_of(m, group);

		if (placeless || !d ||
		    part_complete((struct model_part){ m, d }, AD_GROUPS))
			return err_usage(err, "%s: scope.group: %s is not in "
			                 "the AD snapshot%s",
			                 f->policy->scope_name, group, placeless
			                 ? ", but groups without a DN are; "
			                 "export DistinguishedName, too" : "");
		scope_is_group(f->scope, group);
		members_unread(m, f, group, "does not have the members");
	}
	return 0;
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

		rc = check_unmet(m, f, placeless, err);
		scope_members_done(f->scope);
		if (f->past)
			scope_members_done(f->past);
	}
	return rc;
}
