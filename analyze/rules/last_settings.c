/*
 * Exchange's settings, and its servers, that stand against taking away the
 * last one.
 */
#include "analyze/rules/last_server.h"

#include <inttypes.h>
#include <string.h>

#include "analyze/model/model.h"

/* ---- what was read ---- */

/* Only what lacks is told of it. */
static void
check_read(struct check *c)
{
	(void)c;
}

/* ---- servers ---- */

static void
check_one(struct check *c)
{
	const struct exchange_servers *all = &check_model(c)->exchange;

	for (size_t i = 0; i < all->count && all->count > 1; i++)
		check_fail_server(c, &all->items[i], &(struct failure){
			.severity = check_severity(c),
			.attribute = "objectClass",
			.observed = "msExchExchangeServer",
			.expected = "one server",
			.message = check_textf(c, "%s is one of %zu servers of "
			                       "Exchange", all->items[i].name,
			                       all->count),
		});
}

/* ---- the target delivery domain ---- */

static const struct exchange_setting *
next_of(const struct model *m, enum setting_kind kind, size_t *at)
{
	const struct exchange_organization *o = &m->organization;

	while (*at < o->setting_count)
		if (o->settings[(*at)++].kind == kind)
			return &o->settings[*at - 1];
	return NULL;
}

/* Whether what the setting lacks was asked for, so that it has none. */
static bool
was_asked(const struct exchange_setting *s, const char *attribute)
{
	return snapshot_covers(s->from, AD_EXCHANGE, attribute);
}

static bool
is_unread_remote(const struct exchange_setting *s)
{
	return s->fits == UNKNOWN && !(was_asked(s, "domainName") &&
	       was_asked(s, "msExchRoutingAcceptMessageType"));
}

/* Whether a remote domain is it; UNKNOWN: that was not read of some. */
static enum tristate
has_target(const struct model *m)
{
	const struct exchange_setting *s;
	enum tristate is = NO;
	size_t at = 0;

	while ((s = next_of(m, SETTING_REMOTE_DOMAIN, &at)))
		if (s->fits == YES)
			return YES;
		else if (is_unread_remote(s))
			is = UNKNOWN;
	return is;
}

static const char *
target_lack(const struct model *m, struct arena *a)
{
	const char *lack = last_lack(m, a);

	return lack || has_target(m) != UNKNOWN ? lack
		: "remote domains were read without "
		  "msExchRoutingAcceptMessageType: export the whole "
		  "configuration partition";
}

/* Of a mail routing domain; "*.contoso.com" is one of contoso.com. */
static bool
is_routing(const char *space)
{
	return space && domain_is_routing(strncmp(space, "*.", 2) == 0
	                                  ? space + 2 : space);
}

static void
check_target(struct check *c)
{
	const struct model *m = check_model(c);
	const struct exchange_setting *s = organization_main(m);
	const struct exchange_setting *one, *unmarked = NULL;
	size_t at = 0;

	if (!s || has_target(m) != NO || last_lack(m, check_arena(c)))
		return;
	while ((one = next_of(m, SETTING_REMOTE_DOMAIN, &at)))
		if (one->fits == NO && is_routing(one->value))
			unmarked = one;
	check_fail_setting(c, unmarked ? unmarked : s, &(struct failure){
		.severity = check_severity(c),
		.fix = unmarked ? check_textf(c, "Mark it: Set-RemoteDomain "
		                              "\"%s\" -TargetDeliveryDomain "
		                              "$true.", last_label(c, unmarked))
			: NULL,
		.attribute = "msExchRoutingAcceptMessageType",
		.expected = "a remote domain *.mail.onmicrosoft.com that is "
		            "the target delivery domain",
		.message = "no remote domain of the tenant's mail routing "
		           "domain is marked as the target delivery domain",
	});
}

/* ---- what the hybrid wizard made ---- */

static const struct leftover {
	enum setting_kind kind;
	const char *what, *fix;
} leftovers[] = {
	{ SETTING_HYBRID, "the hybrid wizard's configuration",
	  "Remove-HybridConfiguration, when all else of it is gone." },
	{ SETTING_FEDERATION_TRUST, "a federation trust",
	  "Remove-FederationTrust, and its certificate." },
	{ SETTING_RELATIONSHIP, "an organization relationship",
	  "Remove-OrganizationRelationship, on both sides." },
	{ SETTING_INTRA_CONNECTOR, "an intra-organization connector",
	  "Remove-IntraOrganizationConnector, on both sides." },
	{ SETTING_SEND_CONNECTOR, "the hybrid send connector",
	  "Remove-SendConnector, and the connectors of Exchange Online that "
	  "belong to it." },
};

static void
check_leftovers(struct check *c)
{
	const struct model *m = check_model(c);

	for (size_t i = 0; i < sizeof(leftovers) / sizeof(leftovers[0]); i++) {
		const struct leftover *l = &leftovers[i];
		const struct exchange_setting *s;
		size_t at = 0;

		while ((s = next_of(m, l->kind, &at))) {
			if (l->kind == SETTING_SEND_CONNECTOR &&
			    s->fits != YES)
				continue;
			check_fail_setting(c, s, &(struct failure){
				.severity = check_severity(c),
				.attribute = s->attribute
					? s->attribute : "objectClass",
				.observed = s->value,
				.expected = "none", .fix = l->fix,
				.message = check_textf(c, "%s is there still: "
				                       "%s", l->what,
				                       last_label(c, s)),
				.shared = { l->what, "Left over: {}", l->fix },
			});
		}
	}
}

/* A send connector may be the hybrid one. */
static const char *
leftovers_lack(const struct model *m, struct arena *a)
{
	const char *lack = last_lack(m, a);
	const struct exchange_setting *s;
	size_t at = 0;

	while (!lack && (s = next_of(m, SETTING_SEND_CONNECTOR, &at)))
		if (s->fits == UNKNOWN)
			lack = "send connectors were read without routingList: "
			       "export the whole configuration partition";
	return lack;
}

/* ---- Autodiscover ---- */

static void
check_points(struct check *c)
{
	const struct exchange_setting *s;
	size_t at = 0;

	while ((s = next_of(check_model(c), SETTING_SERVICE_POINT, &at))) {
		if (s->fits != YES)
			continue;
		check_fail_setting(c, s, &(struct failure){
			.severity = check_severity(c),
			.attribute = s->attribute, .observed = s->value,
			.expected = "no address of Autodiscover",
			.message = check_textf(c, "the service connection "
			                       "point %s sends Outlook in the "
			                       "domain to %s",
			                       last_label(c, s), s->value),
		});
	}
}

/* One without an address is switched off, if that was asked for. */
static const char *
points_lack(const struct model *m, struct arena *a)
{
	const char *lack = last_lack(m, a);
	const struct exchange_setting *s;
	size_t at = 0;

	while (!lack && (s = next_of(m, SETTING_SERVICE_POINT, &at)))
		if (s->fits == UNKNOWN &&
		    !(was_asked(s, "serviceBindingInformation") &&
		      was_asked(s, "keywords")))
			lack = "service connection points were read without "
			       "keywords or serviceBindingInformation: export "
			       "the whole configuration partition";
	return lack;
}

/* ---- the management tools ---- */

/* Of 2019 CU12, the first with tools that need no server. */
enum { TOOLS_VERSION = 16760 };

static void
check_prepared(struct check *c)
{
	const struct model *m = check_model(c);
	const struct exchange_setting *s = organization_main(m);
	const char *have;

	if (!s)
		return;
	have = check_textf(c, "%" PRIu64, s->version);
	if (s->version && s->version < TOOLS_VERSION)
		check_fail_setting(c, s, &(struct failure){
			.severity = check_severity(c),
			.attribute = "objectVersion", .observed = have,
			.key = "",
			.expected = "16760 or more",
			.message = check_textf(c, "the organization is of "
			                       "version %s: the tools of 2019 "
			                       "CU12 or later were not set up",
			                       have),
		});
	else if (!check_may_be(c, FACT_TOOLS_GROUP) &&
	         model_complete(m, AD_GROUPS))
		check_fail_setting(c, s, &(struct failure){
			.severity = check_severity(c),
			.attribute = "sAMAccountName",
			.expected = "Recipient Management EMT",
			.message = "there is no group \"Recipient Management "
			           "EMT\", which the tools' script makes",
		});
}

static const char *
prepared_lack(const struct model *m, struct arena *a)
{
	const char *lack = last_lack(m, a);
	const struct exchange_setting *s = organization_main(m);

	if (!lack && s && !s->version)
		return "objectVersion of the organization was not read: export "
		       "the whole configuration partition";
	if (!lack && fact_is(m, FACT_TOOLS_GROUP) != YES &&
	    !model_complete(m, AD_GROUPS))
		return "whether there is a group \"Recipient Management EMT\" "
		       "is not known: not all groups of AD were read";
	return lack;
}

static const struct rule rules[] = {
	{
		.id = "exchange-organization-read",
		LAST_WHOLE_ROW, .moot = last_moot,
		.check_tenant = check_read, .lacks = last_lack,
		.title = "Exchange's organization was read",
		.why = "Whether the last server can go is known from the "
		       "configuration and the schema partition of AD: without "
		       "them nothing of it is known, and what is not known is "
		       "not met.",
		.fix = "Read both partitions: syncscope collect ad, or ldifde "
		       "-d \"CN=Configuration,...\" and -d \"CN=Schema,"
		       "CN=Configuration,...\".",
		.source = DOC_DECOMMISSION,
	},
	{
		.id = "exchange-one-server",
		LAST_WHOLE_ROW, .moot = last_moot,
		.check_tenant = check_one, .lacks = last_lack,
		.title = "More than one Exchange server",
		.why = "The management tools take the place of exactly one "
		       "server, which is shut down for good: the others are "
		       "to be uninstalled before that, Edge servers as well.",
		.fix = "Uninstall all but one. The object of a server that is "
		       "gone already is removed from AD (ADSI Edit), when "
		       "nothing else is left of it.",
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
		.fix = "Create it: New-RemoteDomain -Name \"Hybrid Domain\" "
		       "-DomainName TENANT.mail.onmicrosoft.com, then "
		       "Set-RemoteDomain -TargetDeliveryDomain $true.",
		.source = DOC_TOOLS,
	},
	{
		.id = "exchange-hybrid-leftovers",
		LAST_WHOLE_ROW, .moot = last_moot,
		.check_tenant = check_leftovers, .lacks = leftovers_lack,
		.title = "What is left of hybrid",
		.why = "Connectors, trusts and relationships of hybrid lead to "
		       "a server that is going: calendars, mail and sign-in "
		       "then wait for something that does not answer.",
		.fix = "Remove what the hybrid wizard created, on both sides, "
		       "when all mailboxes have moved.",
		.source = DOC_DECOMMISSION,
	},
	{
		.id = "exchange-autodiscover-scp",
		LAST_WHOLE_ROW, .moot = last_moot,
		.check_tenant = check_points, .lacks = points_lack,
		.title = "Autodiscover is published in AD",
		.why = "Outlook in the domain asks the service connection "
		       "points in AD before DNS, and is led to a server that "
		       "is going.",
		.fix = "Clear them: Get-ClientAccessService | "
		       "Set-ClientAccessService "
		       "-AutoDiscoverServiceInternalUri $null.",
		.source = DOC_DECOMMISSION,
	},
	{
		.id = "exchange-management-tools-prepared",
		LAST_WHOLE_ROW, .moot = last_moot,
		.check_tenant = check_prepared, .lacks = prepared_lack,
		.title = "Management tools are not prepared",
		.why = "Recipients can be managed without a server only with "
		       "the tools of Exchange 2019 CU12 or later, which setup "
		       "and a script prepare AD for.",
		.fix = "Install the tools of 2019 CU12 or later, or of SE, on "
		       "a computer of the domain, and run "
		       "Add-PermissionForEMT.ps1.",
		.source = DOC_TOOLS,
	},
};

const struct family last_setting_rules = {
	rules, sizeof(rules) / sizeof(rules[0])
};
