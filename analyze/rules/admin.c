/* Accounts that matter most: administrators, and those of sync itself. */
#include <string.h>
#include <strings.h>

#include "analyze/model/model.h"
#include "analyze/policy/policy.h"
#include "analyze/rules/rule.h"

/* How many roles of one account are named. */
enum { ROLES_TOLD = 3 };

static const char *
how_held(const struct role_held *h)
{
	return h->eligible && h->by_group ? " (eligible, through a group)"
		: h->eligible ? " (eligible)"
		: h->by_group ? " (through a group)" : "";
}

static const char *
list_roles(struct check *c, const struct role_held *held, size_t n)
{
	const char *out = "";

	for (size_t i = 0; i < n && i < ROLES_TOLD; i++)
		out = check_textf(c, "%s%s%s%s", out, i ? ", " : "",
		                  held[i].role, how_held(&held[i]));
	return n > ROLES_TOLD ? check_textf(c, "%s and %zu more", out,
	                                    n - ROLES_TOLD) : out;
}

/* Accounts that sync works with hold roles that are not privileged. */
static void
check_admin(struct check *c, const struct object *o)
{
	const struct role_held *held;
	const char *roles;
	size_t n;

	if (o->tenant.synced != YES || !o->has_guid)
		return;
	held = roles_held_of(&check_model(c)->privileged, &o->guid, &n);
	if (!n)
		return;
	roles = list_roles(c, held, n);
	check_fail(c, o, &(struct failure){
		.severity = check_severity(c),
		.attribute = "directoryRole", .observed = roles,
		.expected = "no privileged role for an account that AD gives",
		.message = check_textf(c, "%s is synchronized from AD, and has "
		                       "%s in the tenant", object_label(o),
		                       roles),
		.mended = MENDED_IN_ENTRA,
	});
}

/* The forests that a server of Connect synchronizes have an account of it. */
static bool
is_cloud_sync_alone(const struct model *m)
{
	const struct domains *ds = &m->domains;

	for (size_t i = 0; i < ds->count; i++)
		if (!ds->items[i].unconnected &&
		    ds->items[i].forest->policy->engine != ENGINE_CLOUD_SYNC)
			return false;
	return ds->count > 0;
}

/* Connect calls the account that it signs in with Sync_SERVER_DIGITS. */
static void
check_left_account(struct check *c, const struct object *o)
{
	const char *domain = o->upn ? address_domain(o->upn) : NULL;

	if (!domain || strncasecmp(o->upn, "Sync_", 5) != 0 ||
	    !domain_is_initial(domain) || o->enabled == NO ||
	    o->tenant.synced == YES || !is_cloud_sync_alone(check_model(c)))
		return;
	check_fail(c, o, &(struct failure){
		.severity = check_severity(c),
		.attribute = "userPrincipalName", .observed = o->upn,
		.expected = "no account of Connect, which synchronizes nothing",
		.message = check_textf(c, "%s is an account that Connect signs "
		                       "in with, and can sign in still; all "
		                       "domains that were read are under Cloud "
		                       "Sync, which has its own",
		                       object_label(o)),
		.mended = MENDED_IN_ENTRA,
	});
}

static void
check_of_cloud(struct check *c, const struct object *o)
{
	if (!object_is_of_cloud(o))
		return;
	check_fail(c, o, &(struct failure){
		.severity = check_severity(c),
		.attribute = "msDS-ObjectSoa", .observed = o->ad.authority,
		.message = check_textf(c, "%s is written to AD by Cloud Sync, "
		                       "from the tenant, which owns it",
		                       object_label(o)),
		.mended = MENDED_IN_ENTRA,
	});
}

/*
 * AD's own GUID of the object that was exported last, and another one by which
 * the account is known: it was taken over from an object that is gone.
 */
static void
check_handed_over(struct check *c, const struct object *o)
{
	const struct object *account = o->links.twin;
	const char *mapped = account ? account->tenant.sync_object : NULL;
	struct guid g;

	if (!o->links.account || o->links.account->synced != YES ||
	    o->links.how != HOW_ANCHOR || !o->ad.has_consistency_guid)
		return;
	/* While objects are screened accounts are not at hand. */
	if (check_is_screening(c) ? !o->links.account->mapped
	    : !mapped || guid_parse(&g, mapped) < 0 ||
	      memcmp(&g, &o->ad.consistency_guid, sizeof(g)) == 0)
		return;
	check_fail(c, o, &(struct failure){
		.severity = check_severity(c),
		.attribute = "onPremisesObjectIdentifier", .observed = mapped,
		.message = check_textf(c, "%s has its account by an old source "
		                       "anchor: mS-DS-ConsistencyGuid is not "
		                       "the objectGUID that the account was "
		                       "written from (%s)", object_label(o),
		                       mapped ? mapped : ""),
	});
}

static const struct rule rules[] = {
	{
		.id = "admin-synced",
		.severity = SEVERITY_HIGH,
		.category = CATEGORY_TENANT,
		.side = SIDE_TENANT, .kinds = KIND_BIT(KIND_USER),
		.attrs = ATTRS(ATTR_SYNCED),
		.sections = { SECTION_IN(TENANT_ROLE_MEMBERS) },
		.needs = NEED_GROUP_ROLES | NEED_ELIGIBLE,
		.check = check_admin,
		.title = "Synchronized account with a privileged role",
		.why = "Whoever owns AD owns this account, and with it the "
		       "tenant: a password that is set there, or a disabled "
		       "account that is enabled, reaches it with the next "
		       "synchronization. Microsoft advises strongly against "
		       "privileged roles for synchronized accounts.",
		.fix = "Give the role to an account of its own, created in the "
		       "tenant, and remove it from this one; where a group "
		       "gives it, remove the account from the group.",
		.source = DOC_EXISTING,
	},
	{
		.id = "sync-account-left",
		.severity = SEVERITY_MEDIUM,
		.category = CATEGORY_ENGINE,
		.side = SIDE_TENANT, .kinds = KIND_BIT(KIND_USER),
		.attrs = ATTRS(ATTR_UPN),
		.needs = NEED_CLOUD_SYNC,
		.of_systems = true,
		.check = check_left_account,
		.title = "Account of a sync server that is gone",
		.why = "The account that Connect signed in with may write to "
		       "all synchronized objects, and its password lies on the "
		       "server. Once Cloud Sync does its work, no one needs it "
		       "and no one watches it.",
		.fix = "Check in its sign-ins that no server uses it, block "
		       "it, and delete it some weeks later; uninstall Connect "
		       "where it is installed still.",
		.source = DOC_CLOUD_SYNC,
	},
	{
		.id = "cloud-enforced",
		.severity = SEVERITY_INFO,
		.category = CATEGORY_OBJECTS,
		.side = SIDE_AD,
		.kinds = KINDS_SYNCED,
		.attrs = ATTRS(ATTR_AUTHORITY),
		.needs = NEED_AUTHORITY,
		.replica = REPLICA_TOLD,
		.check = check_of_cloud,
		.title = "Object of AD that belongs to the cloud",
		.why = "Cloud Sync marks what it writes to AD. With the policy "
		       "of the domain set to Enforced the domain controllers "
		       "refuse changes by others, and without it the next "
		       "synchronization undoes them: no change in AD is "
		       "proposed for it.",
		.fix = "Change it in the tenant.",
		.source = DOC_AUTHORITY,
	},
	{
		.id = "former-hard-match",
		.severity = SEVERITY_INFO,
		.category = CATEGORY_MATCHING,
		.profile = PROFILE_STRICT,
		.side = SIDE_AD, .kinds = KIND_BIT(KIND_USER),
		.attrs = ATTRS(ATTR_CONSISTENCY_GUID),
		.sections = { SECTION_IN(TENANT_USERS) },
		.needs = NEED_FORECAST | NEED_MATCH | NEED_MAPPED,
		.in_scope_only = true,
		.check = check_handed_over,
		.title = "Account that was handed over by its source anchor",
		.why = "An account that came over from another object of AD, "
		       "by a migration or a hard match by hand, keeps the "
		       "source anchor of that one. It is meant to be so; who "
		       "moves the object once more has to keep both.",
		.fix = "Nothing; check that the hand-over was meant, and leave "
		       "mS-DS-ConsistencyGuid as it is.",
		.source = DOC_EXISTING,
		.part = "Hard match security protections",
		.confidence = CONFIDENCE_DERIVED,
	},
};

const struct family admin_rules = { rules, sizeof(rules) / sizeof(rules[0]) };
