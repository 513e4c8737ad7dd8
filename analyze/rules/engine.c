/* How the sync server is set, as far as its export, or the tenant, says it. */
#include <inttypes.h>
#include <string.h>

#include "analyze/model/model.h"
#include "analyze/policy/policy.h"
#include "analyze/rules/rule.h"

#define HOUR ((when_t)60 * 60)
/* Who was synchronized so short before the tenant was read is synchronized. */
enum { FRESH_HOURS = 24 };

/* ---- the source anchor ---- */

/* How many forests Connect synchronizes, as far as is known. */
static size_t
count_forests(const struct model *m)
{
	size_t told = 0, read = 0;

	for (size_t i = 0; i < m->policy->forest_count; i++)
		told += m->policy->forests[i].engine != ENGINE_CLOUD_SYNC;
	for (size_t i = 0; i < m->domains.forest_count; i++)
		read += m->domains.forests[i].policy &&
			m->domains.forests[i].policy->engine !=
			ENGINE_CLOUD_SYNC;
	return told > read ? told : read;
}

/* Connect has one for all its forests. */
static enum anchor
said_anchor(const struct model *m)
{
	enum anchor is = m->policy->engine == ENGINE_CLOUD_SYNC
		? ANCHOR_UNSAID : m->policy->anchor;

	for (size_t i = 0; i < m->policy->forest_count && !is; i++)
		if (m->policy->forests[i].engine != ENGINE_CLOUD_SYNC)
			is = m->policy->forests[i].anchor;
	return is;
}

static const char *
anchor_moot(const struct model *m, struct arena *a)
{
	const char *moot = sync_server_moot(m, a);

	return moot ? moot : count_forests(m) > 1 ? NULL
		: "only one forest under Connect is known";
}

static const char *
anchor_lacks(const struct model *m, struct arena *a)
{
	(void)a;
	return said_anchor(m) ? NULL
		: "the source anchor is not known; give the sync server's "
		  "export by --scope, or say it in --policy, \"sync\": "
		  "\"anchor\"";
}

static void
check_anchor(struct check *c)
{
	const struct model *m = check_model(c);
	size_t n = count_forests(m);

	if (said_anchor(m) != ANCHOR_OBJECT_GUID || n < 2)
		return;
	check_fail_tenant(c, &(struct failure){
		.severity = check_severity(c), .attribute = "sync.anchor",
		.observed = "objectGUID", .expected = "ms-DS-ConsistencyGuid",
		.message = check_textf(c, "Connect takes objectGUID for the "
		                       "source anchor, and synchronizes %zu "
		                       "forests: who moves from one to another "
		                       "gets another objectGUID, and with it "
		                       "another account", n),
	});
}

/* ---- staging mode and scheduler ---- */

static const char *
running_lacks(const struct model *m, struct arena *a)
{
	const struct policy *p = m->policy;

	(void)a;
	if (!p->server_count)
		return "whether the sync server is in staging mode was not "
		       "collected; give its export by --scope";
	for (size_t i = 0; i < p->server_count; i++)
		if (p->servers[i].staging == UNKNOWN ||
		    p->servers[i].suspended == UNKNOWN)
			return "the sync server's export does not say whether "
			       "it is in staging mode, or its scheduler "
			       "suspended; Get-ADSyncServerConfiguration does";
	return NULL;
}

/* Whether the tenant shows that somebody synchronizes it. */
static bool
is_fresh(const struct model *m)
{
	when_t read = m->tenant ? snapshot_collected(m->tenant) : WHEN_NONE;

	return m->sync.last != WHEN_NONE && read != WHEN_NONE &&
	       read - m->sync.last <= FRESH_HOURS * HOUR;
}

/* One that exports, as far as its own export says; or NULL. */
static const struct sync_server *
active_server(const struct policy *p)
{
	for (size_t i = 0; i < p->server_count; i++)
		if (p->servers[i].staging != YES)
			return &p->servers[i];
	return NULL;
}

static void
fail_staging(struct check *c, const char *name)
{
	bool fresh = is_fresh(check_model(c));

	check_fail_tenant(c, &(struct failure){
		.severity = fresh ? SEVERITY_LOW : check_severity(c),
		.attribute = "StagingMode", .observed = "True",
		.expected = "False",
		.message = check_textf(c, "%s is the export of a server in "
		                       "staging mode, which exports nothing%s",
		                       name, fresh
		                       ? "; the tenant is synchronized all the "
		                         "same, by another server, whose scope "
		                         "may be another one"
		                       : ": unless another server does, "
		                         "nothing of AD reaches the tenant"),
		.fix = fresh ? "Give the export of the server that is active "
		               "by --scope, and compare both: a server that "
		               "takes its place with another scope deletes "
		               "accounts." : NULL,
	});
}

static void
fail_suspended(struct check *c, const char *name)
{
	bool fresh = is_fresh(check_model(c));

	check_fail_tenant(c, &(struct failure){
		.severity = fresh ? SEVERITY_MEDIUM : check_severity(c),
		.attribute = "SchedulerSuspended", .observed = "True",
		.expected = "False",
		.message = check_textf(c, "The scheduler of the sync server of "
		                       "%s is suspended%s", name, fresh
		                       ? "; the tenant was synchronized not "
		                         "long before it was read: by hand, or "
		                         "it was suspended since"
		                       : ": it starts no synchronization"),
		.fix = "Check whether the wizard is open on the server, or who "
		       "suspended the scheduler and why; then start it again "
		       "(Set-ADSyncScheduler -SchedulerSuspended $false).",
	});
}

static void
check_running(struct check *c)
{
	const struct policy *p = check_model(c)->policy;
	const struct sync_server *active = active_server(p);

	if (p->server_count && !active)
		fail_staging(c, p->servers[0].name);
	if (active && active->suspended == YES)
		fail_suspended(c, active->name);
}

/* ---- the filter group ---- */

/* Whose filter group tells who is synchronized by Connect; or NULL. */
static const struct policy *
grouped_policy(const struct policy *p)
{
	if (p->engine != ENGINE_CLOUD_SYNC && p->group_count)
		return p;
	for (size_t i = 0; i < p->forest_count; i++)
		if (p->forests[i].engine != ENGINE_CLOUD_SYNC &&
		    p->forests[i].group_count)
			return &p->forests[i];
	return NULL;
}

static const char *
group_lacks(const struct model *m, struct arena *a)
{
	const struct policy *p = m->policy;
	bool any = p->has_scope;

	(void)a;
	for (size_t i = 0; i < p->forest_count; i++)
		any = any || p->forests[i].has_scope;
	return any ? NULL : "the sync scope is not known; give it by --scope, "
	                    "or in --policy, \"scope\"";
}

static void
check_group(struct check *c)
{
	const struct policy *p = grouped_policy(check_model(c)->policy);
	struct related_object group;

	if (!p)
		return;
	group = check_named(c, p->groups[0]);
	check_fail_tenant(c, &(struct failure){
		.severity = check_severity(c), .attribute = "scope.group",
		.observed = p->groups[0],
		.expected = "containers or attributes",
		.related = &group, .related_count = 1,
		.message = check_textf(c, "Connect synchronizes direct members "
		                       "of %s, and no one else%s%s",
		                       group.name, p->forest ? " of " : "",
		                       p->forest ? p->forest : ""),
	});
}

/* ---- deletions ---- */

static const char *
limit_lacks(const struct model *m, struct arena *a)
{
	(void)a;
	return m->deletions.from != LIMIT_ASSUMED ? NULL
		: "whether deletions are stopped was not collected; give the "
		  "sync server's export by --scope, or say it in --policy, "
		  "\"sync\": \"deletionThreshold\"";
}

/* All that synchronization can delete; 0: not known. */
static uint64_t
count_accounts(const struct model *m)
{
	return model_objects(m, TENANT_USERS) +
	       model_objects(m, TENANT_GROUPS) +
	       model_objects(m, TENANT_CONTACTS);
}

/* What Connect is installed with. */
enum { USUAL_LIMIT = 500 };

/* A small tenant has fewer objects than the usual limit. */
static bool
stops_nothing(const struct model *m)
{
	const struct deletion_limit *l = &m->deletions;

	if (l->percent)
		return l->percent >= 100;
	return !l->count || (l->count > USUAL_LIMIT && count_accounts(m) &&
	                     (uint64_t)l->count >= count_accounts(m));
}

static void
check_limit(struct check *c)
{
	const struct model *m = check_model(c);
	const struct deletion_limit *l = &m->deletions;
	const char *is = l->percent
		? check_textf(c, "%ld percent", l->percent)
		: l->count ? check_textf(c, "%ld", l->count) : "off";

	if (l->from == LIMIT_ASSUMED || !stops_nothing(m))
		return;
	check_fail_tenant(c, &(struct failure){
		.severity = check_severity(c),
		.attribute = "accidentalDeletionPrevention", .observed = is,
		.expected = check_textf(c, "%d, or what an export really "
		                        "deletes", USUAL_LIMIT),
		.message = check_textf(c, "Nothing stops an export that "
		                       "deletes too much: the limit is "
		                       "%s%s", is,
		                       l->count && !l->percent
		                       ? check_textf(c, ", and the tenant has "
		                       "%" PRIu64 " users, groups and contacts",
		                       count_accounts(m)) : ""),
	});
}

static const struct rule rules[] = {
	{
		.id = "anchor-objectguid",
		.severity = SEVERITY_MEDIUM,
		.side = SIDE_TENANT,
		.check_tenant = check_anchor, .lacks = anchor_lacks,
		.moot = anchor_moot,
		.title = "Source anchor that does not survive a move between "
		         "forests",
		.why = "An objectGUID is new in each forest, and cannot be "
		       "written. ms-DS-ConsistencyGuid can be taken along, so "
		       "that the account stays the same.",
		.fix = "Let the wizard of Connect change the source anchor to "
		       "ms-DS-ConsistencyGuid (Configure Source Anchor): it "
		       "writes there what each object has as anchor now. Do so "
		       "before anyone moves.",
		.source = DOC_DESIGN, .part = "sourceAnchor",
	},
	{
		.id = "sync-suspended",
		.severity = SEVERITY_HIGH,
		.side = SIDE_TENANT,
		.check_tenant = check_running, .lacks = running_lacks,
		.moot = sync_server_moot,
		.title = "Sync server that exports nothing",
		.why = "A server in staging mode imports and computes, but "
		       "exports nothing, and sends no hashes of passwords; one "
		       "whose scheduler is suspended starts nothing.",
		.fix = "Check whether another server is active, and give its "
		       "export by --scope. If there is none, look at what this "
		       "one would export first, and take it out of staging "
		       "mode then.",
		.source = DOC_STAGING,
	},
	{
		.id = "filter-group-used",
		.severity = SEVERITY_LOW,
		.side = SIDE_TENANT,
		.check_tenant = check_group, .lacks = group_lacks,
		.moot = sync_server_moot,
		.title = "Scope by a group, which is meant for pilots",
		.why = "Connect's filter group is meant for a pilot and is not "
		       "supported beyond it: it takes direct members alone, "
		       "and a user who is removed from the group loses the "
		       "account.",
		.fix = "After the pilot scope by containers, or by an "
		       "attribute; first check in a forecast who would leave.",
		.source = DOC_FILTERING, .part = "Group-based filtering",
	},
	{
		.id = "threshold-off",
		.severity = SEVERITY_LOW,
		.side = SIDE_TENANT,
		.check_tenant = check_limit, .lacks = limit_lacks,
		.moot = sync_server_moot,
		.title = "Nothing stops an export that deletes too much",
		.why = "A container that was unticked, or a filter that was "
		       "changed, deletes all accounts behind it with one "
		       "export. The limit is there to stop that.",
		.fix = "Set a limit that an ordinary export keeps: "
		       "Enable-ADSyncExportDeletionThreshold "
		       "-DeletionThreshold 500.",
		.source = DOC_FILTERING, .part = "Prevent accidental deletes",
	},
};

const struct family engine_rules = {
	rules, sizeof(rules) / sizeof(rules[0])
};
