/* The needs, and whether what they ask for is there. */
#include "analyze/rules/needs.h"

#include <stdbool.h>

#include "analyze/policy/policy.h"
#include "analyze/rules/assess_match.h"

static bool
has_scope(struct model_part p)
{
	return domains_forest(&p.m->domains, p.d)->policy->has_scope;
}

/* What an earlier run saw of it stands in for it: see past_is_remembered. */
static bool
has_history(struct model_part p)
{
	return part_has_history(p) || baseline_has_events(p.m->baseline);
}

/*
 * Metadata is computed on request only: "every attribute" is without it. While
 * the users are still being read there may be some.
 */
static bool
has_events(struct model_part p)
{
	return has_history(p) || fact_is(p.m, FACT_METADATA) != NO;
}

static bool
has_elsewhere(struct model_part p)
{
	return has_history(p) || model_complete(p.m, TENANT_USERS);
}

static bool
has_domains(struct model_part p)
{
	return p.m->initial_domain && p.m->domains_known;
}

/* Who is synchronized can be told. */
static bool
knows_synced(struct model_part p)
{
	return !model_complete(p.m, TENANT_USERS) ||
	       !model_objects(p.m, TENANT_USERS) ||
	       model_covers(p.m, TENANT_USERS, ATTR_SYNCED);
}

static bool
has_synced(struct model_part p)
{
	/* Users that were not collected are another reason. */
	return fact_is(p.m, FACT_SYNCED) != NO ||
	       !model_complete(p.m, TENANT_USERS) || !knows_synced(p);
}

/* What Exchange Online says of mailboxes is of all who have addresses. */
static bool
knows_held(struct model_part p)
{
	static const enum section holders[] = {
		TENANT_USERS, TENANT_GROUPS, TENANT_CONTACTS,
	};
	const struct snapshot *tenant = p.m->tenant;

	if (!tenant || (model_complete(p.m, TENANT_MAILBOXES) &&
	                snapshot_covers(tenant, TENANT_MAILBOXES,
	                                "EmailAddresses")))
		return true;
	for (size_t i = 0; i < sizeof(holders) / sizeof(holders[0]); i++)
		if (snapshot_objects(tenant, holders[i]) &&
		    !model_covers(p.m, holders[i], ATTR_PROXIES))
			return false;
	return true;
}

/* Which of them is, the rule asks itself. */
static bool
has_cloud_sync(struct model_part p)
{
	const struct domains *ds = &p.m->domains;
	bool any = ds->rest.policy->engine == ENGINE_CLOUD_SYNC;

	for (size_t i = 0; i < ds->count && !any; i++)
		any = ds->items[i].forest->policy->engine == ENGINE_CLOUD_SYNC;
	return any;
}

/*
 * Lists that few ask for, and that a rule judges from a part of them, be it of
 * some files: without any there is nothing to look at. That nothing was
 * collected at all is another reason.
 */
static bool
has_errors(struct model_part p, enum attr which)
{
	static const enum section reporters[] = {
		TENANT_USERS, TENANT_GROUPS, TENANT_CONTACTS,
	};
	const char *name = attr_name(SIDE_TENANT, which);
	bool any = false;

	for (size_t i = 0; i < sizeof(reporters) / sizeof(reporters[0]); i++) {
		if (!model_lines(p.m, reporters[i]))
			continue;
		if (part_asking(p, reporters[i], name).asked != ASKING_NONE)
			return true;
		any = true;
	}
	return !any;
}

static bool
has_sync_errors(struct model_part p)
{
	return has_errors(p, ATTR_SYNC_ERRORS);
}

static bool
has_service_errors(struct model_part p)
{
	return has_errors(p, ATTR_SERVICE_ERRORS);
}

/* Without accounts in sync there is nothing to hold AD's objects against. */
static bool
has_last_sync(struct model_part p)
{
	return fact_is(p.m, FACT_DATED) != NO;
}

static bool
knows_seen_names(struct model_part p)
{
	return !model_lines(p.m, TENANT_USERS) ||
	       model_covers(p.m, TENANT_USERS, ATTR_SYNC_UPN);
}

/* Licences, or addresses as a sign of some, or what Exchange Online says. */
static bool
knows_online(struct model_part p)
{
	return !model_lines(p.m, TENANT_USERS) ||
	       model_covers(p.m, TENANT_USERS, ATTR_PLANS) ||
	       model_covers(p.m, TENANT_USERS, ATTR_PROXIES) ||
	       (model_complete(p.m, TENANT_MAILBOXES) &&
	        model_lines(p.m, TENANT_MAILBOXES));
}

static bool
has_list_end(struct model_part p)
{
	return mailbox_list_is(p.m) != MAILBOXES_CUT;
}

static bool
has_list_owners(struct model_part p)
{
	return mailbox_list_is(p.m) != MAILBOXES_UNJOINED;
}

static bool
has_list_of_kinds(struct model_part p)
{
	return !mailbox_list_is_of_one_kind(p.m);
}

static bool
has_list_of_all(struct model_part p)
{
	return mailbox_list_is(p.m) == MAILBOXES_NOT_LISTED ||
	       !mailbox_list_is_narrowed(p.m);
}

/* Where domains are known by the policy alone, none says how it is. */
static bool
knows_federation(struct model_part p)
{
	return model_complete(p.m, TENANT_DOMAINS) &&
	       !p.m->tenant_domains.unsaid &&
	       snapshot_covers(p.m->tenant, TENANT_DOMAINS,
	                       "authenticationType");
}

/*
 * Where no account in sync has what AD gives, sync goes by an attribute that is
 * not read, or all of them were changed.
 */
static bool
knows_anchor(struct model_part p)
{
	return anchor_is_said(domains_forest(&p.m->domains, p.d)->policy) ||
	       fact_is(p.m, FACT_UNLIKE) != YES ||
	       fact_is(p.m, FACT_ANCHORED) != NO;
}

/* That the holders were not collected is another reason. */
static bool
knows_eligible(struct model_part p)
{
	return !model_complete(p.m, TENANT_ROLE_MEMBERS) ||
	       roles_know_eligible(p.m);
}

static bool
knows_group_roles(struct model_part p)
{
	return !p.m->admins_by_group ||
	       model_complete(p.m, TENANT_GROUP_MEMBERS);
}

static bool
knows_mapped(struct model_part p)
{
	return !model_lines(p.m, TENANT_USERS) ||
	       model_covers(p.m, TENANT_USERS, ATTR_SYNC_OBJECT);
}

static bool
has_authority(struct model_part p)
{
	return fact_is(p.m, FACT_OF_CLOUD) != NO;
}

const struct need_row need_rows[] = {
	{ NEED_AUTHORITY, has_authority, NEED_OBJECTS,
	  "needs objects of AD with msDS-ObjectSoa" },
	{ NEED_MAPPED, knows_mapped, NEED_DATA,
	  "tenant users: onPremisesObjectIdentifier not collected" },
	{ NEED_ELIGIBLE, knows_eligible, NEED_IN_PART,
	  "who is eligible for a role was not collected" },
	{ NEED_GROUP_ROLES, knows_group_roles, NEED_IN_PART,
	  "a role is held by a group, and the members of groups were not all "
	  "collected" },
	{ NEED_LAST_SYNC, has_last_sync, NEED_OBJECTS,
	  "needs whenChanged of AD's objects and onPremisesLastSyncDateTime of "
	  "the tenant's" },
	{ NEED_LAST_SYNC, knows_seen_names, NEED_IN_PART,
	  "which sign-in names of AD the tenant has seen is not known: "
	  "onPremisesUserPrincipalName was not collected of all its users" },
	{ NEED_SYNC_ERRORS, has_sync_errors, NEED_OBJECTS,
	  "needs onPremisesProvisioningErrors of the tenant's objects "
	  "($select)" },
	{ NEED_SERVICE_ERRORS, has_service_errors, NEED_OBJECTS,
	  "needs serviceProvisioningErrors of the tenant's objects ($select)" },
	{ NEED_SCOPE, has_scope, NEED_DATA,
	  "the sync scope is not known; give it in --policy, \"scope\"" },
	{ NEED_HISTORY, has_history, NEED_OBJECTS,
	  "needs an older AD snapshot beside the newest one" },
	{ NEED_CLOUD_SYNC, has_cloud_sync, NEED_OBJECTS,
	  "no domain is under Cloud Sync" },
	{ NEED_EVENTS, has_events, NEED_OBJECTS,
	  "needs an older AD snapshot, or the attribute "
	  "msDS-ReplAttributeMetaData in this one" },
	{ NEED_ELSEWHERE, has_elsewhere, NEED_DATA,
	  "needs an older AD snapshot or the tenant's users" },
	{ NEED_SYNCED, knows_synced, NEED_DATA,
	  "tenant users: onPremisesSyncEnabled not collected" },
	{ NEED_SYNCED, has_synced, NEED_OBJECTS,
	  "the tenant has no synchronized users yet" },
	{ NEED_DOMAINS, has_domains, NEED_DATA,
	  "the tenant's initial and verified domains are not known; collect "
	  "its domains or give them in --policy, \"tenant\"" },
	{ NEED_ONLINE, knows_online, NEED_DATA,
	  "which accounts have a mailbox in Exchange Online is not known: "
	  "neither assignedPlans nor proxyAddresses was collected of the "
	  "tenant's users; ask for both ($select), or export Get-Mailbox" },
	{ NEED_ONLINE, has_list_end, NEED_ASIDE,
	  "who has no mailbox in Exchange Online is not known: the list of "
	  "mailboxes has exactly 1,000, as many as Exchange gives unasked; "
	  "export it with -ResultSize Unlimited" },
	{ NEED_ONLINE, has_list_owners, NEED_ASIDE,
	  "who has no mailbox in Exchange Online is not known: of some in the "
	  "list it is not known whose they are; export "
	  "ExternalDirectoryObjectId, too" },
	{ NEED_ONLINE, has_list_of_kinds, NEED_ASIDE,
	  "who has no mailbox of another kind in Exchange Online is not known: "
	  "the list of mailboxes has one kind only (RecipientTypeDetails), as "
	  "if no other one was asked for; export all of them" },
	{ NEED_ONLINE, has_list_of_all, NEED_ASIDE,
	  "who has no mailbox in Exchange Online is not known: the list of "
	  "mailboxes lacks more of those who are licensed for one than it "
	  "has, as if it were of some only; export all of them, of every "
	  "kind" },
	{ NEED_ANCHORS, assess_match_anchors, NEED_DATA,
	  "matching is not known: onPremisesImmutableId was not collected of "
	  "the tenant's users" },
	{ NEED_ANCHOR, knows_anchor, NEED_DATA,
	  "which attribute is the source anchor is not known: no account in "
	  "sync has the immutableId that AD gives; say it in --policy, "
	  "\"sync\": \"anchor\"" },
	{ NEED_FEDERATION, knows_federation, NEED_DATA,
	  "which domains are federated is not known: authenticationType was "
	  "not collected of all the tenant's domains" },
	{ NEED_HELD, knows_held, NEED_IN_PART,
	  "which addresses the tenant has is not known: proxyAddresses was "
	  "not collected of all its users, groups and contacts" },
};

const size_t need_row_count = sizeof(need_rows) / sizeof(need_rows[0]);

/* Whether an older snapshot of AD was asked for the names of Exchange. */
static bool
has_past_names(const struct model *m)
{
	static const enum section of[] = { AD_USERS, AD_GROUPS, AD_CONTACTS };

	for (size_t i = 0; i < m->history_count; i++)
		for (size_t k = 0; k < sizeof(of) / sizeof(of[0]); k++)
			if (snapshot_covers(m->history[i], of[k],
			                    "legacyExchangeDN"))
				return true;
	return false;
}

static size_t
looks_at(struct model_part p)
{
	return p.d ? p.d->history : p.m->history_count;
}

static const char twice[] =
	"needs two older AD snapshots beside the newest one";

bool
past_is_remembered(struct model_part p, const struct rule *rule)
{
	if (!baseline_has_events(p.m->baseline))
		return false;
	if (rule->past == PAST_TWICE)
		return looks_at(p) < 2;
	if (part_has_history(p))
		return false;
	return (rule->needs & NEED_HISTORY) ||
	       ((rule->needs & NEED_EVENTS) &&
	        fact_is(p.m, FACT_METADATA) == NO);
}

const char *
past_text(const struct rule *rule)
{
	if (rule->past == PAST_TWICE)
		return twice;
	for (size_t i = 0; i < need_row_count; i++)
		if (rule->needs & need_rows[i].need &
		    (NEED_HISTORY | NEED_EVENTS))
			return need_rows[i].reason;
	return NULL;
}

/* While objects are screened, the first of them may have metadata. */
const char *
past_lack(struct model_part p, enum past past)
{
	size_t looks = looks_at(p);

	switch (past) {
	case PAST_TENANT:
		if (!policy_wanted(p.m->policy).plans)
			return "the policy says itself who has a plan for "
			       "Exchange Online";
		return p.m->past.tenant_count ? NULL
			: "needs an older tenant snapshot beside the newest "
			  "one";
	case PAST_TWICE:
		return looks > 1 || baseline_has_events(p.m->baseline)
			? NULL : twice;
	case PAST_STAMPS:
		return fact_is(p.m, FACT_METADATA) != NO ? NULL
			: "needs the attribute msDS-ReplAttributeMetaData in "
			  "the AD snapshot";
	case PAST_LEGACY:
		return !looks || has_past_names(p.m) ? NULL
			: "needs the attribute legacyExchangeDN in an older "
			  "AD snapshot";
	case PAST_FREE:
		break;
	}
	return NULL;
}
