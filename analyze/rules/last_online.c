/* What of the tenant has its Exchange attributes in AD still. */
#include "analyze/rules/last_server.h"

#include "analyze/model/model.h"
#include "analyze/object/object.h"

/* ---- mailboxes ---- */

static void
check_managed(struct check *c, const struct object *o)
{
	if (o->tenant.exchange_managed != NO || o->tenant.synced != YES ||
	    recipient_is_online(o) != YES || recipient_is_of_service(o))
		return;
	check_fail(c, o, &(struct failure){
		.severity = check_severity(c),
		.attribute = "IsExchangeCloudManaged", .observed = "False",
		.expected = "True",
		.message = check_textf(c, "the Exchange attributes of %s are "
		                       "mastered in AD still",
		                       object_label(o)),
		.mended = MENDED_IN_EXCHANGE_ONLINE,
	});
}

/* ---- groups and contacts ---- */

static bool
has_mail(const struct object *o)
{
	return o->kind == KIND_CONTACT || o->tenant.mail_enabled == YES ||
	       (o->tenant.mail_enabled == UNKNOWN &&
	        object_is_mail_enabled(o));
}

static void
check_others(struct check *c, const struct object *o)
{
	if (o->tenant.synced != YES || !has_mail(o) ||
	    guid_set_has(&check_model(c)->cloud_managed, &o->guid))
		return;
	check_fail(c, o, &(struct failure){
		.severity = check_severity(c),
		.attribute = "onPremisesSyncEnabled", .observed = "true",
		.expected = "isCloudManaged true, or no mail",
		.message = check_textf(c, "%s has mail and is synchronized "
		                       "from AD, where it is mastered",
		                       object_label(o)),
		.mended = MENDED_IN_ENTRA,
	});
}

/* Whether a group has mail is told by mailEnabled, or by its addresses. */
static const char *
others_lack(const struct model *m, struct arena *a)
{
	(void)a;
	return !model_lines(m, TENANT_GROUPS) ||
	       model_covers(m, TENANT_GROUPS, ATTR_MAIL_ENABLED) ||
	       model_covers(m, TENANT_GROUPS, ATTR_PROXIES) ||
	       model_covers(m, TENANT_GROUPS, ATTR_MAIL) ? NULL
		: "which groups have mail was not read: export /groups of "
		  "Graph, with mailEnabled";
}

static const struct rule rules[] = {
	{
		.id = "exchange-mailboxes-cloud-managed",
		LAST_SERVER_ROW, .side = SIDE_TENANT, .moot = last_moot,
		.kinds = KIND_BIT(KIND_USER) | KIND_BIT(KIND_MAILBOX),
		.wishes = { SECTION_IN(TENANT_MAILBOXES) },
		.replica = REPLICA_TOLD,
		.check = check_managed, .lacks = last_managed_lack,
		.title = "Mailbox whose Exchange attributes AD masters",
		.why = "Once the server is uninstalled no one can change what "
		       "AD masters in a supported way: each synchronized "
		       "mailbox has to be handed to Exchange Online first.",
		.fix = ON_CLOUD_WAY "hand it over: Set-Mailbox "
		       "-IsExchangeCloudManaged $true, 24 hours after the last "
		       "change on premises was synchronized.",
		.source = DOC_EXCHANGE_ONLINE_OWNS,
	},
	{
		.id = "exchange-groups-contacts-cloud-managed",
		LAST_SERVER_ROW, .side = SIDE_TENANT, .moot = last_moot,
		.kinds = KIND_BIT(KIND_GROUP) | KIND_BIT(KIND_CONTACT),
		.attrs = ATTRS(ATTR_SYNCED),
		.replica = REPLICA_TOLD,
		.check = check_others, .lacks = others_lack,
		.title = "Group or contact with mail that AD masters",
		.why = "Groups and contacts are handed over as whole objects: "
		       "what stays synchronized has its addresses in AD alone, "
		       "and without a server nothing supported changes them.",
		.fix = ON_CLOUD_WAY "convert it (isCloudManaged true, by "
		       "Graph), or create it again in Exchange Online and take "
		       "it out of scope.",
		.source = DOC_AUTHORITY,
	},
};

const struct family last_online_rules = {
	rules, sizeof(rules) / sizeof(rules[0])
};
