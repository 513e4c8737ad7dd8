/* Exchange's settings that stand against taking away its last server. */
#include "analyze/rules/last_server.h"

#include "analyze/model/model.h"

/* ---- what was read ---- */

/* Only what lacks is told of it. */
static void
check_read(struct check *c)
{
	(void)c;
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

		while ((s = last_next(m, l->kind, &at))) {
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

	while (!lack && (s = last_next(m, SETTING_SEND_CONNECTOR, &at)))
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

	while ((s = last_next(check_model(c), SETTING_SERVICE_POINT, &at))) {
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

	while (!lack && (s = last_next(m, SETTING_SERVICE_POINT, &at)))
		if (s->fits == UNKNOWN &&
		    !(last_was_asked(s, "serviceBindingInformation") &&
		      last_was_asked(s, "keywords")))
			lack = "service connection points were read without "
			       "keywords or serviceBindingInformation: export "
			       "the whole configuration partition";
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
};

const struct family last_setting_rules = {
	rules, sizeof(rules) / sizeof(rules[0])
};
