/*
 * What the way by management tools asks of Exchange's organization: one server,
 * the target delivery domain, and the tools. Of several forests each has an
 * organization of its own.
 */
#include "analyze/rules/last_server.h"

#include <inttypes.h>
#include <string.h>

#include "analyze/model/model.h"
#include "base/buf.h"
#include "base/dn.h"
#include "base/utf8.h"

/* ---- organizations: a forest has one at most ---- */

static bool
is_same_forest(const char *dn, const char *other)
{
	struct buf a = { 0 }, b = { 0 };
	bool same;

	dn_domain(&a, dn);
	dn_domain(&b, other);
	same = utf8_same_folded(buf_text(&a), buf_text(&b));
	buf_release(&a);
	buf_release(&b);
	return same;
}

/* Of a server of which only a list tells the place is not known. */
static size_t
servers_beside(const struct model *m, const char *dn)
{
	size_t n = 0;

	for (size_t i = 0; i < m->exchange.count; i++)
		n += !dn || !m->exchange.items[i].dn ||
		     is_same_forest(dn, m->exchange.items[i].dn);
	return n;
}

/* Those with a server; where none has one, all of them. */
static const struct exchange_setting *
next_organization(const struct model *m, size_t *at)
{
	const struct exchange_setting *s;

	while ((s = last_next(m, SETTING_ORGANIZATION, at)))
		if (!m->exchange.count || servers_beside(m, s->dn))
			return s;
	return NULL;
}

static size_t
count_organizations(const struct model *m)
{
	size_t at = 0, n = 0;

	while (next_organization(m, &at))
		n++;
	return n;
}

/* ---- servers ---- */

static void
check_one(struct check *c)
{
	const struct model *m = check_model(c);

	for (size_t i = 0; i < m->exchange.count; i++) {
		const struct exchange_server *s = &m->exchange.items[i];
		size_t n = servers_beside(m, s->dn);

		if (n < 2)
			continue;
		check_fail_server(c, s, &(struct failure){
			.severity = check_severity(c),
			.attribute = "objectClass",
			.observed = "msExchExchangeServer",
			.expected = "one server",
			.message = check_textf(c, "%s is one of %zu servers of "
			                       "Exchange", s->name, n),
		});
	}
}

/* ---- the target delivery domain ---- */

static bool
is_unread_remote(const struct exchange_setting *s)
{
	return s->fits == UNKNOWN && !(last_was_asked(s, "domainName") &&
	       last_was_asked(s, "msExchRoutingAcceptMessageType"));
}

/* Without "*.": "*.contoso.com" is one of contoso.com. */
static const char *
domain_of(const struct exchange_setting *s)
{
	return s->value && strncmp(s->value, "*.", 2) == 0 ? s->value + 2
	                                                   : s->value;
}

/* A mail routing domain of this tenant, as far as its domains are known. */
static bool
is_routing(const struct model *m, const struct exchange_setting *s)
{
	const char *domain = domain_of(s);

	return domain && domain_is_routing(domain) &&
	       model_owns_initial(m, domain) != NO;
}

/* The organization's next remote domain. */
static const struct exchange_setting *
next_remote(const struct model *m, const struct exchange_setting *of,
            size_t *at)
{
	const struct exchange_setting *s;

	while ((s = last_next(m, SETTING_REMOTE_DOMAIN, at)))
		if (is_same_forest(of->dn, s->dn))
			return s;
	return NULL;
}

/* Whether one of its is it; UNKNOWN: that was not read of some. */
static enum tristate
has_target(const struct model *m, const struct exchange_setting *of)
{
	const struct exchange_setting *s;
	enum tristate is = NO;
	size_t at = 0;

	while ((s = next_remote(m, of, &at)))
		if (s->fits == YES && is_routing(m, s))
			return YES;
		else if (is_unread_remote(s))
			is = UNKNOWN;
	return is;
}

static const char *
target_lack(const struct model *m, struct arena *a)
{
	const struct exchange_setting *of;
	const char *lack = last_lack(m, a);
	size_t at = 0;

	while (!lack && (of = next_organization(m, &at)))
		if (has_target(m, of) == UNKNOWN)
			lack = "remote domains were read without "
			       "msExchRoutingAcceptMessageType: export the "
			       "whole configuration partition";
	return lack;
}

/* "contoso.mail.onmicrosoft.com", as the tenant has or would have it. */
static const char *
routing_domain(struct check *c)
{
	const struct model *m = check_model(c);
	const char *initial = m->initial_domain;
	size_t label = initial ? strcspn(initial, ".") : 0;

	for (size_t i = 0; i < m->verified_count; i++)
		if (domain_is_routing(m->verified_domains[i]))
			return m->verified_domains[i];
	return initial && domain_is_initial(initial)
		? check_textf(c, "%.*s.mail%s", (int)label, initial,
		              initial + label) : NULL;
}

/* What there is with that domain cannot be made, but marked. */
static const char *
target_fix(struct check *c, const struct exchange_setting *unmarked)
{
	const char *domain = routing_domain(c);

	if (unmarked)
		return check_textf(c, ON_TOOLS_WAY "mark it: "
		                   "Set-RemoteDomain \"%s\" "
		                   "-TargetDeliveryDomain $true.",
		                   last_label(c, unmarked));
	return !domain ? NULL
		: check_textf(c, ON_TOOLS_WAY "create it: "
		              "New-RemoteDomain -Name \"Hybrid Domain - %s\" "
		              "-DomainName %s, then Set-RemoteDomain "
		              "\"Hybrid Domain - %s\" "
		              "-TargetDeliveryDomain $true.", domain, domain,
		              domain);
}

static void
fail_target(struct check *c, const struct exchange_setting *of)
{
	const struct model *m = check_model(c);
	const struct exchange_setting *one, *unmarked = NULL;
	size_t at = 0;

	while ((one = next_remote(m, of, &at)))
		if (one->fits != YES && is_routing(m, one))
			unmarked = one;
	check_fail_setting(c, unmarked ? unmarked : of, &(struct failure){
		.severity = check_severity(c),
		.fix = target_fix(c, unmarked),
		.attribute = unmarked ? "msExchRoutingAcceptMessageType"
			: "objectClass",
		.observed = unmarked ? unmarked->flags
			: "msExchOrganizationContainer",
		.expected = "a remote domain *.mail.onmicrosoft.com that is "
		            "the target delivery domain",
		.message = "no remote domain of the tenant's mail routing "
		           "domain is marked as the target delivery domain",
	});
}

static void
check_target(struct check *c)
{
	const struct model *m = check_model(c);
	const struct exchange_setting *of;
	size_t at = 0;

	if (last_lack(m, check_arena(c)))
		return;
	while ((of = next_organization(m, &at)))
		if (has_target(m, of) == NO)
			fail_target(c, of);
}

/* ---- the management tools ---- */

/* Of 2019 CU12, the first with tools that need no server. */
enum { TOOLS_VERSION = 16760 };

/*
 * Setup of later versions refuses an organization that has servers of these
 * ("Exchange Server supportability matrix", coexistence).
 */
static const struct refusing {
	unsigned major, minor;
	const char *product, *setup;
} refused[] = {
	{ 8, 3, "Exchange 2007", "2019 and of SE" },
	{ 14, 3, "Exchange 2010", "2019 and of SE" },
	{ 15, 0, "Exchange 2013", "2019 CU15 and of SE" },
};

/* The row of a server's version; NULL: setup takes it. */
static const struct refusing *
refusing(const struct exchange_server *s)
{
	for (size_t i = 0; i < sizeof(refused) / sizeof(refused[0]); i++)
		if (s->has_build && s->build.parts[0] == refused[i].major &&
		    (refused[i].major < 15 ||
		     s->build.parts[1] == refused[i].minor))
			return &refused[i];
	return NULL;
}

/* What setup of the tools would stop at, before it; or NULL. */
static const char *
prepared_fix(struct check *c, const struct exchange_setting *of)
{
	const struct model *m = check_model(c);

	for (size_t i = 0; i < m->exchange.count; i++) {
		const struct exchange_server *s = &m->exchange.items[i];
		const struct refusing *by = refusing(s);

		if (by && (!s->dn || is_same_forest(of->dn, s->dn)))
			return check_textf(c, ON_TOOLS_WAY "setup of %s "
				"refuses an organization with %s (%s): first "
				"replace that server by a later version that "
				"runs beside it, and uninstall it. Then "
				"install the tools of 2019 CU12 or later, or "
				"of SE, on a computer of the domain, and run "
				"Add-PermissionForEMT.ps1.", by->setup,
				by->product, s->name);
	}
	return NULL;
}

static void
fail_unprepared(struct check *c, const struct exchange_setting *s)
{
	const char *have = check_textf(c, "%" PRIu64, s->version);

	if (s->version && s->version < TOOLS_VERSION)
		check_fail_setting(c, s, &(struct failure){
			.severity = check_severity(c),
			.attribute = "objectVersion", .observed = have,
			.key = "", .fix = prepared_fix(c, s),
			.expected = "16760 or more",
			.message = check_textf(c, "the organization is of "
			                       "version %s: the tools of 2019 "
			                       "CU12 or later were not set up",
			                       have),
		});
	else if (!check_may_be(c, FACT_TOOLS_GROUP) &&
	         model_complete(check_model(c), AD_GROUPS))
		check_fail_setting(c, s, &(struct failure){
			.severity = check_severity(c),
			.attribute = "objectClass", .fix = prepared_fix(c, s),
			.observed = "msExchOrganizationContainer",
			.expected = "a group Recipient Management EMT",
			.message = "there is no group \"Recipient Management "
			           "EMT\", which the tools' script makes",
		});
}

static void
check_prepared(struct check *c)
{
	const struct exchange_setting *s;
	size_t at = 0;

	while ((s = next_organization(check_model(c), &at)))
		fail_unprepared(c, s);
}

static const char *
prepared_lack(const struct model *m, struct arena *a)
{
	const char *lack = last_lack(m, a);
	const struct exchange_setting *s;
	size_t at = 0;

	while (!lack && (s = next_organization(m, &at)))
		if (!s->version)
			lack = "objectVersion of the organization was not "
			       "read: export the whole configuration "
			       "partition";
	if (!lack && fact_is(m, FACT_TOOLS_GROUP) != YES &&
	    !model_complete(m, AD_GROUPS))
		return "whether there is a group \"Recipient Management EMT\" "
		       "is not known: not all groups of AD were read";
	if (!lack && fact_is(m, FACT_TOOLS_GROUP) == YES &&
	    count_organizations(m) > 1)
		return "which of the organizations the group \"Recipient "
		       "Management EMT\" is of is not known: judge each forest "
		       "by itself";
	return lack;
}

static const struct rule rules[] = {
	{
		.id = "exchange-one-server",
		LAST_WHOLE_ROW, .moot = last_moot,
		.check_tenant = check_one, .lacks = last_lack,
		.title = "More than one Exchange server",
		.why = "The management tools take the place of exactly one "
		       "server, which is shut down for good: the others are "
		       "to be uninstalled before that, Edge servers as well.",
		.fix = ON_TOOLS_WAY "uninstall all but one. The object of a "
		       "server that is gone already is removed from AD (ADSI "
		       "Edit), when nothing else is left of it.",
		.source = DOC_TOOLS,
	},
	{
		.id = "exchange-target-delivery-domain",
		LAST_WHOLE_ROW, .moot = last_moot,
		.check_tenant = check_target, .lacks = target_lack,
		.title = "No target delivery domain",
		.why = "The management tools give remote mailboxes their "
		       "routing address by the remote domain that is marked "
		       "as target delivery domain.",
		.fix = ON_TOOLS_WAY "create it: New-RemoteDomain -Name "
		       "\"Hybrid Domain\" "
		       "-DomainName TENANT.mail.onmicrosoft.com, then "
		       "Set-RemoteDomain -TargetDeliveryDomain $true.",
		.source = DOC_TOOLS,
	},
	{
		.id = "exchange-management-tools-prepared",
		LAST_WHOLE_ROW, .moot = last_moot,
		.check_tenant = check_prepared, .lacks = prepared_lack,
		.title = "Management tools are not prepared",
		.why = "Recipients can be managed without a server only with "
		       "the tools of Exchange 2019 CU12 or later, which setup "
		       "and a script prepare AD for.",
		.fix = ON_TOOLS_WAY "install the tools of 2019 CU12 or later, "
		       "or of SE, on a computer of the domain, and run "
		       "Add-PermissionForEMT.ps1.",
		.source = DOC_TOOLS,
	},
};

const struct family last_tool_rules = {
	rules, sizeof(rules) / sizeof(rules[0])
};
