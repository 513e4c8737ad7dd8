/*
 * What of the tenant stands against taking away the last Exchange server:
 * whether sync is on, and who masters Exchange's attributes.
 */
#include "analyze/rules/last_server.h"

#include <string.h>

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
		.mended = MENDED_IN_ENTRA,
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

/* "Connect 2.5.79.0"; of DirSync no build is known, and none is new enough. */
static const char *
engine_called(struct check *c, const struct sync_engine *e)
{
	if (strcmp(e->name, e->build_text) == 0)
		return e->name;
	return check_textf(c, "%s %s", e->is_cloud_sync
	                   ? "the agent of Cloud Sync" : e->name,
	                   e->build_text);
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
			.key = all[i].forest ? all[i].forest : "",
			.expected = check_textf(c, "%s or later", least->text),
			.message = check_textf(c, "%s is older than %s, the "
			                       "first that leaves Exchange's "
			                       "attributes to Exchange Online",
			                       engine_called(c, &all[i]),
			                       least->text),
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
		.message = "recipients that are created on premises are "
		           "mastered in AD",
		.mended = MENDED_IN_EXCHANGE_ONLINE,
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
		.wishes = { SECTION_IN(TENANT_ORGANIZATION) },
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
		.wishes = { SECTION_IN(TENANT_ORGANIZATION) },
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
		.fix = ON_CLOUD_WAY "update Connect, or the agents of Cloud "
		       "Sync, before any mailbox becomes cloud-managed.",
		.source = DOC_EXCHANGE_ONLINE_OWNS,
	},
	{
		.id = "exchange-cloud-managed-default",
		LAST_WHOLE_ROW, .moot = last_moot,
		.wishes = { SECTION_IN(TENANT_EXCHANGE) },
		.check_tenant = check_default, .lacks = default_lack,
		.title = "New mailboxes are mastered in AD by default",
		.why = "As long as the tenant's default is AD, every new "
		       "synchronized mailbox has to be handed over by itself.",
		.fix = ON_CLOUD_WAY "when no recipient is created on premises "
		       "any more, "
		       "Set-OrganizationConfig "
		       "-ExchangeAttributesCloudManagedByDefault in Exchange "
		       "Online. Before that it leaves users without mail.",
		.source = DOC_EXCHANGE_ONLINE_OWNS,
	},
};

const struct family last_tenant_rules = {
	rules, sizeof(rules) / sizeof(rules[0])
};
