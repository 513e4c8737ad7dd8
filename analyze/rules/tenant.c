/* How the tenant's synchronization is set. */
#include <inttypes.h>

#include "analyze/model/model.h"
#include "analyze/policy/policy.h"
#include "analyze/rules/rule.h"
#include "base/buf.h"

#define SETTINGS { SECTION_IN(TENANT_SYNC) }

/* ---- switches ---- */

/* A switch that a rule reads, as Graph calls it. */
struct told_switch {
	enum tristate is;
	const char *name;
};

/* Which of them the tenant's settings, which were collected, do not say. */
static const char *
unsaid(const struct told_switch *all, size_t n, struct arena *a)
{
	struct buf text = { 0 };
	const char *out;

	for (size_t i = 0; i < n; i++)
		if (all[i].is == UNKNOWN)
			buf_addf(&text, "%s%s", text.len ? ", " : "",
			         all[i].name);
	if (!text.len)
		return NULL;
	buf_adds(&text, " not collected");
	out = arena_strdup(a, text.data);
	buf_release(&text);
	return out;
}

#define UNSAID(list, a) unsaid(list, sizeof(list) / sizeof(list[0]), a)

/* A switch that ought to be the other way. */
static void
fail_switch(struct check *c, const char *name, bool on, const char *message)
{
	check_fail_tenant(c, &(struct failure){
		.severity = check_severity(c), .attribute = name,
		.observed = on ? "true" : "false",
		.expected = on ? "false" : "true",
		.message = message, .mended = MENDED_IN_ENTRA,
	});
}

/* ---- matching ---- */

/* Of so many accounts in sync one object in all may be yet to come. */
enum { SETTLED_SHARE = 20 };

static const char *
matching_lacks(const struct model *m, struct arena *a)
{
	const struct told_switch are[] = {
		{ m->features.block_hard,
		  "blockCloudObjectTakeoverThroughHardMatchEnabled" },
		{ m->features.block_soft, "blockSoftMatchEnabled" },
	};

	return UNSAID(are, a);
}

static uint64_t
count_synced(const struct model *m)
{
	const struct table *t = &m->tables[TENANT_USERS];
	uint64_t n = 0;

	for (size_t i = 0; i < t->count; i++)
		n += !t->rows[i].merged && t->rows[i].account &&
		     t->rows[i].account->synced == YES;
	return n;
}

/* While accounts are to be matched, or made, both have to be open. */
static void
check_matching(struct check *c)
{
	const struct model *m = check_model(c);
	uint64_t synced;

	if (m->features.block_hard != NO || m->features.block_soft != NO ||
	    m->sync.on == NO || check_acted(c, ACTION_MATCH) ||
	    check_acted(c, ACTION_UNKNOWN))
		return;
	synced = count_synced(m);
	if (!synced ||
	    check_acted(c, ACTION_CREATE) > synced / SETTLED_SHARE)
		return;
	fail_switch(c, "blockSoftMatchEnabled", false,
	            check_textf(c, "Users in sync: %" PRIu64 ". None is to be "
	                        "matched, but the tenant allows it: whoever "
	                        "may write to AD can take control of an "
	                        "account of the cloud, by its address, its "
	                        "sign-in name or its source anchor "
	                        "(blockSoftMatchEnabled and blockCloudObject"
	                        "TakeoverThroughHardMatchEnabled: false)",
	                        synced));
}

static const char *
remap_lacks(const struct model *m, struct arena *a)
{
	const struct told_switch are[] = {
		{ m->features.remap,
		  "allowOnPremUpdateOfOnPremisesObjectIdentifierEnabled" },
	};

	return UNSAID(are, a);
}

static void
check_remap(struct check *c)
{
	if (check_model(c)->features.remap == YES)
		fail_switch(c, "allowOnPremUpdateOfOnPremisesObjectIdentifier"
		            "Enabled", true,
		            "A hard match may take an account away from the "
		            "object of AD that it was synchronized from: the "
		            "protection of July 2026 is switched off");
}

/* ---- sign-in names ---- */

static const char *
names_lack(const struct model *m, struct arena *a)
{
	const struct told_switch are[] = {
		{ m->features.upn_follows,
		  "synchronizeUpnForManagedUsersEnabled" },
		{ m->features.soft_on_upn, "softMatchOnUpnEnabled" },
	};

	return UNSAID(are, a);
}

/* Where nothing is matched by names, it is no matter by which. */
static void
check_names(struct check *c)
{
	const struct features *f = &check_model(c)->features;

	if (f->upn_follows == NO)
		fail_switch(c, "synchronizeUpnForManagedUsersEnabled", false,
		            "A sign-in name that changes in AD does not change "
		            "for managed users with a license");
	if (f->soft_on_upn == NO && f->block_soft != YES)
		fail_switch(c, "softMatchOnUpnEnabled", false,
		            "An account of the cloud is matched by its primary "
		            "address alone: one that has the sign-in name, and "
		            "no address, gets a second account beside it");
}

/* ---- passwords ---- */

/* What the policy, or one of its forests, says of hashes. */
static enum tristate
wants_hashes(const struct policy *p)
{
	enum tristate is = p->password_hash;

	for (size_t i = 0; i < p->forest_count && is != YES; i++)
		if (p->forests[i].password_hash != UNKNOWN)
			is = p->forests[i].password_hash;
	return is;
}

static const char *
hashes_lack(const struct model *m, struct arena *a)
{
	const struct told_switch are[] = {
		{ m->features.password_sync, "passwordSyncEnabled" },
	};
	const char *lack = UNSAID(are, a);

	if (!lack && m->features.password_sync == NO &&
	    wants_hashes(m->policy) == UNKNOWN)
		lack = "whether hashes of passwords are to be synchronized is "
		       "not known; say it in --policy, \"sync\": "
		       "\"passwordHash\"";
	return lack;
}

/* From 2.6.84.0 on it does not switch the feature on again by itself. */
static const char *
tell_build(struct check *c)
{
	static const struct build first = { { 2, 6, 84, 0 } };
	const struct policy *p = check_model(c)->policy;

	return p->has_version && build_compare(&p->version, &first) >= 0
		? ", and Connect from 2.6.84.0 on does not switch it on again"
		: "";
}

static void
check_hashes(struct check *c)
{
	const struct model *m = check_model(c);

	if (m->features.password_sync == NO && wants_hashes(m->policy) == YES)
		fail_switch(c, "passwordSyncEnabled", false, check_textf(c,
		            "The engine is to synchronize hashes of passwords, "
		            "but the tenant takes none%s: passwords that "
		            "change in AD do not reach it", tell_build(c)));
}

static const char *
expiry_lacks(const struct model *m, struct arena *a)
{
	const struct told_switch are[] = {
		{ m->features.password_sync, "passwordSyncEnabled" },
		{ m->features.cloud_policy,
		  "cloudPasswordPolicyForPasswordSyncedUsersEnabled" },
	};

	return m->features.password_sync == NO ? NULL : UNSAID(are, a);
}

static void
check_expiry(struct check *c)
{
	const struct features *f = &check_model(c)->features;

	if (f->password_sync == YES && f->cloud_policy == NO)
		fail_switch(c, "cloudPasswordPolicyForPasswordSyncedUsers"
		            "Enabled", false,
		            "Passwords of users whose hash is synchronized "
		            "never expire in the tenant: who has an expired "
		            "one in AD signs in to Microsoft 365 all the same");
}

/* ---- deletions ---- */

static const char *
deletions_lack(const struct model *m, struct arena *a)
{
	const struct domains *ds = &m->domains;
	size_t n;
	const struct deletion_run *runs = deletion_runs(m, a, &n);

	if (!ds->with_objects)
		return "no objects of AD were collected";
	for (size_t i = 0; i < n; i++)
		if (runs[i].percent)
			return "the tenant counts deletions by their share of "
			       "its objects, which is not compared";
	for (size_t i = 0; i < ds->count; i++)
		if (ds->items[i].objects &&
		    !ds->items[i].forest->policy->has_scope)
			return "the sync scope is not known; give it in "
			       "--policy, \"scope\"";
	return NULL;
}

/* "500, as the policy says" */
static const char *
tell_limit(struct check *c, const struct deletion_run *r)
{
	return check_textf(c, "%" PRIu64 ", %s", r->threshold,
	                   threshold_from_text(r->from));
}

static const char *const fixes[] = {
	[DELETIONS_BY_SERVER] = "See moved-out-of-scope and orphan for who "
		"goes: mostly a container, a filter or a group of the scope "
		"was changed. Put that right before the server exports. If all "
		"of them are to go: Disable-ADSyncExportDeletionThreshold, "
		"synchronize, and Enable-ADSyncExportDeletionThreshold with "
		"the limit as it was.",
	[DELETIONS_BY_DOMAIN] = "See moved-out-of-scope and orphan for who "
		"goes: mostly a container or a group of the configuration was "
		"changed. Put that right, and start the configuration again. "
		"If all of them are to go, allow the deletions in its "
		"quarantine.",
};

static void
fail_deletions(struct check *c, const struct deletion_run *r)
{
	uint64_t n = r->leaving + r->orphans;
	bool is_cloud = r->by == DELETIONS_BY_DOMAIN && r->domain_count;

	check_fail_tenant(c, &(struct failure){
		.severity = n > r->threshold ? check_severity(c)
		                             : SEVERITY_LOW,
		.attribute = "accidentalDeletionPrevention",
		.observed = check_textf(c, "%" PRIu64 " deletion%s%s%s", n,
		                        n == 1 ? "" : "s",
		                        is_cloud ? " of " : "",
		                        is_cloud ? r->domains[0] : ""),
		.key = is_cloud ? r->domains[0] : "",
		.expected = check_textf(c, "at most %s", tell_limit(c, r)),
		.message = check_textf(c, "The next synchronization%s%s would "
		                       "delete %" PRIu64 " account%s: %" PRIu64
		                       " of objects that are out of scope, %"
		                       PRIu64 " without an object in AD; more "
		                       "than %s, stop it", is_cloud ? " of "
		                       : "", is_cloud ? r->domains[0] : "", n,
		                       n == 1 ? "" : "s", r->leaving,
		                       r->orphans, tell_limit(c, r)),
		.fix = fixes[r->by],
	});
}

static void
check_deleting(struct check *c)
{
	const struct deletion_run *runs;
	size_t n = check_deletions(c, &runs);

	for (size_t i = 0; i < n; i++)
		if (runs[i].threshold && !runs[i].percent &&
		    deletions_are_near(runs[i].leaving + runs[i].orphans,
		                       runs[i].threshold))
			fail_deletions(c, &runs[i]);
}

static const struct rule rules[] = {
	{
		.id = "matching-open",
		.severity = SEVERITY_INFO,
		.category = CATEGORY_MATCHING,
		.side = SIDE_TENANT,
		.sections = { SECTION_IN(TENANT_SYNC), SECTION_IN(TENANT_USERS),
		              SECTION_IN(AD_USERS) },
		.needs = NEED_WHOLE | NEED_FORECAST,
		.check_tenant = check_matching, .lacks = matching_lacks,
		.title = "Soft and hard matches with cloud accounts are "
		         "allowed",
		.why = "Matching joins an account of the cloud with an object "
		       "of AD that has its address, its sign-in name or its "
		       "source anchor. Outside a migration no one needs that, "
		       "and everyone who can write to AD can take control of "
		       "accounts that way.",
		.fix = "Set blockSoftMatchEnabled and "
		       "blockCloudObjectTakeoverThroughHardMatchEnabled to "
		       "true, and back for the time of a migration.",
		.source = DOC_EXISTING, .part = "Hard match and soft match",
	},
	{
		.id = "remap-bypass-on",
		.severity = SEVERITY_HIGH,
		.side = SIDE_TENANT, .sections = SETTINGS,
		.check_tenant = check_remap, .lacks = remap_lacks,
		.title = "Protection against stolen accounts is switched off",
		.why = "Since July 2026 the tenant refuses a hard match with "
		       "an account that another object of AD is mapped to. The "
		       "switch lets it through, for the time of a migration: "
		       "who can write to AD can take control of any "
		       "synchronized account as long as it is on.",
		.fix = "Set "
		       "allowOnPremUpdateOfOnPremisesObjectIdentifierEnabled "
		       "to false when the migration is over; single accounts "
		       "can be freed by clearing their "
		       "onPremisesObjectIdentifier instead.",
		.source = DOC_EXISTING,
		.part = "Hard match security protections",
	},
	{
		.id = "upn-updates-off",
		.severity = SEVERITY_LOW,
		.side = SIDE_TENANT, .sections = SETTINGS,
		.check_tenant = check_names, .lacks = names_lack,
		.title = "Sign-in names of AD do not reach all accounts",
		.why = "Both switches are on in tenants of today. Without them "
		       "a new sign-in name in AD does not reach users with a "
		       "license, and accounts of the cloud are not found by "
		       "it.",
		.fix = "Switch it on; it cannot be switched off again. First "
		       "check, in a forecast with it, whose sign-in name "
		       "changes.",
		.source = DOC_FEATURES,
	},
	{
		.id = "password-sync-off",
		.severity = SEVERITY_HIGH,
		.side = SIDE_TENANT, .sections = SETTINGS,
		.check_tenant = check_hashes, .lacks = hashes_lack,
		.title = "Hashes of passwords are sent, but not taken",
		.why = "The engine is set to synchronize hashes of passwords, "
		       "and the tenant's feature is off: users sign in with "
		       "the password that they had when it was switched off, "
		       "and new ones have none.",
		.fix = "Switch password hash synchronization on again in the "
		       "wizard of Connect, or in the configuration of Cloud "
		       "Sync, and check that passwordSyncEnabled is true then.",
		.source = DOC_PHS,
	},
	{
		.id = "cloud-passwords-never-expire",
		.severity = SEVERITY_INFO,
		.side = SIDE_TENANT, .sections = SETTINGS,
		.check_tenant = check_expiry, .lacks = expiry_lacks,
		.title = "Synchronized passwords never expire in the tenant",
		.why = "Unless the feature is on, a user whose hash is "
		       "synchronized has a password that never expires in the "
		       "tenant, whatever AD's policy says.",
		.fix = "If expired passwords are to count in the tenant, too, "
		       "set cloudPasswordPolicyForPasswordSyncedUsersEnabled "
		       "to true; first check that its period is that of AD.",
		.source = DOC_PHS, .part = "Password expiration policy",
	},
	{
		.id = "deletes-over-threshold",
		.severity = SEVERITY_HIGH,
		.category = CATEGORY_SCOPE,
		.side = SIDE_TENANT,
		.wishes = { SECTION_IN(AD_USERS), SECTION_IN(AD_GROUPS),
		            SECTION_IN(TENANT_USERS),
		            SECTION_IN(TENANT_GROUPS) },
		.needs = NEED_WHOLE | NEED_FORECAST,
		.check_tenant = check_deleting, .lacks = deletions_lack,
		.title = ("Nearly as many deletions as the export lets pass, "
		          "or more"),
		.why = "Whoever leaves the scope loses the account. An engine "
		       "that is to delete more than its limit stops: nothing "
		       "else is written either, until someone decides.",
		.fix = "Check who goes before the next synchronization.",
		.source = DOC_FILTERING, .part = "Prevent accidental deletes",
		.limit = "nine tenths of the threshold",
	},
};

const struct family tenant_rules = {
	rules, sizeof(rules) / sizeof(rules[0])
};
