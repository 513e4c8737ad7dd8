/*
 * What of the tenant stands against taking away the last Exchange server:
 * whether sync is on, and who masters Exchange's attributes.
 */
#include "analyze/rules/last_server.h"

#include "analyze/model/model.h"
#include "analyze/object/object.h"
#include "analyze/policy/policy.h"

/* ---- synchronization ---- */

static void
fail_sync(struct check *c, const char *have, const char *want)
{
	check_fail_tenant(c, &(struct failure){
		.severity = check_severity(c),
		.attribute = "onPremisesSyncEnabled", .observed = have,
		.expected = want,
		.message = check_textf(c, "the tenant says of directory "
		                       "synchronization: %s", have),
		.in_entra = true,
	});
}

static void
check_sync_off(struct check *c)
{
	if (check_model(c)->sync.on == YES)
		fail_sync(c, "true", "synchronization switched off");
}

static void
check_sync_on(struct check *c)
{
	if (check_model(c)->sync.on == NO)
		fail_sync(c, "false", "synchronization switched on");
}

static const char *
sync_lack(const struct model *m, struct arena *a)
{
	(void)a;
	return m->sync.on != UNKNOWN ? NULL
		: "whether the tenant is synchronized was not read: export "
		  "/organization of Graph, with onPremisesSyncEnabled";
}

/* ---- the engine ---- */

static const struct data_build *
minimum_of(const struct model *m, const struct sync_engine *e)
{
	const struct engine_ages *ages = data_engine(m->data);

	for (size_t i = 0; ages && i < ages->minimum_count; i++)
		if (ages->minima[i].feature == FEATURE_EXCHANGE_AUTHORITY)
			return e->is_cloud_sync ? &ages->minima[i].agent
			                        : &ages->minima[i].connect;
	return NULL;
}

static void
check_engine(struct check *c)
{
	const struct model *m = check_model(c);
	struct sync_engine *all;
	size_t n = sync_engines(m, check_arena(c), &all);

	for (size_t i = 0; i < n; i++) {
		const struct data_build *least = minimum_of(m, &all[i]);

		if (!all[i].build_text || !least || !least->text ||
		    build_compare(&all[i].build, &least->is) >= 0)
			continue;
		check_fail_tenant(c, &(struct failure){
			.severity = check_severity(c),
			.attribute = "sync.version",
			.observed = all[i].build_text,
			.expected = check_textf(c, "%s or later", least->text),
			.message = check_textf(c, "%s %s is older than %s, "
			                       "the first that leaves "
			                       "Exchange's attributes to "
			                       "Exchange Online",
			                       all[i].is_cloud_sync
			                       ? "the agent of Cloud Sync"
			                       : all[i].name,
			                       all[i].build_text, least->text),
		});
	}
}

static const char *
engine_lack(const struct model *m, struct arena *a)
{
	struct sync_engine *all;
	size_t n = sync_engines(m, a, &all);
	bool known = n > 0;

	for (size_t i = 0; i < n; i++)
		known = known && all[i].build_text && minimum_of(m, &all[i]);
	return known ? NULL
		: "the build of the sync server is not known: give its export "
		  "by --scope, or say it in --policy, \"sync\": \"engine\" and "
		  "\"version\"";
}

/* ---- mailboxes ---- */

#define EXPORT_MANAGED \
	"export Get-Mailbox -ResultSize Unlimited of Exchange Online, with " \
	"IsDirSynced and IsExchangeCloudManaged"

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
		.in_entra = true,
	});
}

/* Whether the column is there, of all mailboxes that there are. */
static const char *
managed_lack(const struct model *m, struct arena *a)
{
	(void)a;
	switch (mailbox_list_is(m)) {
	case MAILBOXES_NOT_LISTED:
		return "the mailboxes of Exchange Online were not read: "
		       EXPORT_MANAGED;
	case MAILBOXES_CUT:
		return "the list of mailboxes has exactly 1,000, as many as "
		       "Exchange gives unasked: " EXPORT_MANAGED;
	default:
		break;
	}
	if (mailbox_list_is_narrowed(m) || mailbox_list_is_of_one_kind(m))
		return "the list of mailboxes seems to be of some only: "
		       EXPORT_MANAGED;
	return snapshot_covers(m->tenant, TENANT_MAILBOXES,
	                       "IsExchangeCloudManaged") ? NULL
		: "the list of mailboxes lacks IsExchangeCloudManaged, which "
		  "is not False: " EXPORT_MANAGED;
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
		.in_entra = true,
	});
}

/* ---- the tenant's default ---- */

static void
check_default(struct check *c)
{
	if (check_model(c)->sync.blocks_premises != NO)
		return;
	check_fail_tenant(c, &(struct failure){
		.severity = check_severity(c),
		.attribute = "BlockExchangeProvisioningFromOnPremEnabled",
		.observed = "False", .expected = "True",
		.message = "recipients that are made on premises are "
		           "mastered in AD",
		.in_entra = true,
	});
}

static const char *
default_lack(const struct model *m, struct arena *a)
{
	(void)a;
	return m->sync.blocks_premises != UNKNOWN ? NULL
		: "the tenant's default was not read: export "
		  "Get-OrganizationConfig of Exchange Online";
}

static const struct rule rules[] = {
	{
		.id = "exchange-sync-off",
		LAST_WHOLE_ROW, .moot = last_moot,
		.check_tenant = check_sync_off, .lacks = sync_lack,
		.title = "Synchronization is on, so the server cannot be "
		         "uninstalled that way",
		.why = "Without directory synchronization the tenant is the "
		       "master of everything, and Exchange on-premises can be "
		       "uninstalled. While it is on, AD stays the master of "
		       "Exchange's attributes, and another way out is needed.",
		.fix = "Only where no directory synchronization is wanted any "
		       "more: switch it off (a change of the whole tenant, "
		       "which takes up to 72 hours). Else take one of the "
		       "other two ways.",
		.source = DOC_DECOMMISSION,
	},
	{
		.id = "exchange-sync-on",
		LAST_WHOLE_ROW, .moot = last_moot,
		.check_tenant = check_sync_on, .lacks = sync_lack,
		.title = "Synchronization is off, so there is nothing to "
		         "manage in AD for the tenant",
		.why = "Management tools, and Exchange attributes that are "
		       "managed in the cloud, are ways for tenants that AD is "
		       "synchronized to.",
		.fix = "Take the way without synchronization, or switch it on "
		       "first.",
		.source = DOC_DECOMMISSION,
	},
	{
		.id = "exchange-engine-version",
		LAST_WHOLE_ROW, .moot = last_moot,
		.check_tenant = check_engine, .lacks = engine_lack,
		.title = "Sync engine too old for Exchange attributes in the "
		         "cloud",
		.why = "Older builds of Connect, and older agents of Cloud "
		       "Sync, write AD's values over those of Exchange Online.",
		.fix = "Update Connect, or the agents of Cloud Sync, before "
		       "any mailbox is made cloud-managed.",
		.source = DOC_EXCHANGE_ONLINE_OWNS,
	},
	{
		.id = "exchange-mailboxes-cloud-managed",
		LAST_SERVER_ROW, .side = SIDE_TENANT, .moot = last_moot,
		.kinds = KIND_BIT(KIND_USER) | KIND_BIT(KIND_MAILBOX),
		.sections = { SECTION_IN(TENANT_MAILBOXES) },
		.replica = REPLICA_TOLD,
		.check = check_managed, .lacks = managed_lack,
		.title = "Mailbox whose Exchange attributes AD masters",
		.why = "Once the server is uninstalled nobody can change what "
		       "AD masters in a supported way: each synchronized "
		       "mailbox has to be handed to Exchange Online first.",
		.fix = "Hand it over: Set-Mailbox -IsExchangeCloudManaged "
		       "$true, 24 hours after the last change on premises was "
		       "synchronized.",
		.source = DOC_EXCHANGE_ONLINE_OWNS,
	},
	{
		.id = "exchange-groups-contacts-cloud-managed",
		LAST_SERVER_ROW, .side = SIDE_TENANT, .moot = last_moot,
		.kinds = KIND_BIT(KIND_GROUP) | KIND_BIT(KIND_CONTACT),
		.attrs = ATTRS(ATTR_SYNCED),
		.replica = REPLICA_TOLD,
		.check = check_others,
		.title = "Group or contact with mail that AD masters",
		.why = "Groups and contacts are handed over as whole objects: "
		       "what stays synchronized has its addresses in AD alone, "
		       "and without a server nothing supported changes them.",
		.fix = "Convert it (isCloudManaged true, by Graph), or make it "
		       "anew in Exchange Online and take it out of scope.",
		.source = DOC_AUTHORITY,
	},
	{
		.id = "exchange-cloud-managed-default",
		LAST_WHOLE_ROW, .moot = last_moot,
		.check_tenant = check_default, .lacks = default_lack,
		.title = "New mailboxes are mastered in AD by default",
		.why = "As long as the tenant's default is AD, every new "
		       "synchronized mailbox has to be handed over by itself.",
		.fix = "When no recipient is made on premises any more: "
		       "Set-OrganizationConfig "
		       "-ExchangeAttributesCloudManagedByDefault in Exchange "
		       "Online. Before that it leaves users without mail.",
		.source = DOC_EXCHANGE_ONLINE_OWNS,
	},
};

const struct family last_tenant_rules = {
	rules, sizeof(rules) / sizeof(rules[0])
};
