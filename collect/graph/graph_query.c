/* THE table of what is read of a tenant. */
#include "collect/graph/graph_query.h"

#include <stdlib.h>
#include <string.h>

#include "base/buf.h"
#include "base/mem.h"
#include "collect/schema/schema.h"

/* Without provisionedPlans: 100 a user, which assignedPlans has as well. */
static const char *const user[] = {
	"id", "userPrincipalName", "displayName", "givenName", "surname",
	"mail", "mailNickname", "proxyAddresses", "imAddresses",
	"otherMails", "identities", "userType", "externalUserState",
	"accountEnabled", "createdDateTime", "creationType",
	"deletedDateTime", "usageLocation", "preferredLanguage",
	"showInAddressList", "isResourceAccount", "isManagementRestricted",
	"preferredDataLocation", "onPremisesSyncEnabled",
	"onPremisesLastSyncDateTime", "onPremisesImmutableId",
	"onPremisesDistinguishedName", "onPremisesDomainName",
	"onPremisesSamAccountName", "onPremisesUserPrincipalName",
	"onPremisesSecurityIdentifier", "securityIdentifier",
	"onPremisesExtensionAttributes", "onPremisesProvisioningErrors",
	"serviceProvisioningErrors", "assignedLicenses", "assignedPlans",
	"licenseAssignmentStates", "passwordPolicies",
	"lastPasswordChangeDateTime", "signInSessionsValidFromDateTime",
	"employeeId", "employeeType", "department", "companyName",
	"jobTitle", "officeLocation", "streetAddress", "city", "state",
	"postalCode", "country", "businessPhones", "mobilePhone",
	"faxNumber", NULL
};

static const char *const group[] = {
	"id", "displayName", "description", "mail", "mailNickname",
	"mailEnabled", "securityEnabled", "groupTypes", "proxyAddresses",
	"visibility", "isAssignableToRole", "isManagementRestricted",
	"membershipRule", "membershipRuleProcessingState",
	"createdDateTime", "renewedDateTime", "deletedDateTime",
	"onPremisesSyncEnabled", "onPremisesLastSyncDateTime",
	"onPremisesDomainName", "onPremisesNetBiosName",
	"onPremisesSamAccountName", "onPremisesSecurityIdentifier",
	"onPremisesExtensionAttributes", "onPremisesProvisioningErrors",
	"serviceProvisioningErrors", "securityIdentifier", "uniqueName",
	"assignedLicenses", NULL
};

static const char *const contact[] = {
	"id", "displayName", "givenName", "surname", "mail", "mailNickname",
	"proxyAddresses", "companyName", "department", "jobTitle", "phones",
	"addresses", "deletedDateTime", "onPremisesSyncEnabled",
	"onPremisesLastSyncDateTime", "onPremisesProvisioningErrors",
	"serviceProvisioningErrors", NULL
};

static const char *const domain[] = {
	"id", "authenticationType", "isVerified", "isDefault", "isInitial",
	"isRoot", "isAdminManaged", "supportedServices",
	"passwordValidityPeriodInDays", "passwordNotificationWindowInDays",
	"state", NULL
};

static const char *const organization[] = {
	"id", "displayName", "onPremisesSyncEnabled",
	"onPremisesLastSyncDateTime", "verifiedDomains", "assignedPlans",
	"provisionedPlans", "technicalNotificationMails", "tenantType",
	"countryLetterCode", "preferredLanguage", "createdDateTime",
	"defaultUsageLocation", NULL
};

static const char *const sku[] = {
	"id", "skuId", "skuPartNumber", "appliesTo", "capabilityStatus",
	"consumedUnits", "prepaidUnits", "servicePlans", "subscriptionIds",
	"accountId", "accountName", NULL
};

static const char *const role[] = {
	"id", "displayName", "description", "roleTemplateId", NULL
};

static const char *const sync[] = { "id", "configuration", "features", NULL };
static const char *const member[] = { "id", NULL };
static const char *const behavior[] = { "id", "isCloudManaged", NULL };

static const struct graph_query queries[] = {
	{ .section = TENANT_ORGANIZATION, .path = "/organization",
	  .paging = ONE_PAGE, .properties = organization,
	  .permission = "Organization.Read.All" },
	{ .section = TENANT_DOMAINS, .path = "/domains", .paging = ONE_PAGE,
	  .properties = domain, .permission = "Domain.Read.All" },
	{ .section = TENANT_SKUS, .path = "/subscribedSkus",
	  .paging = ONE_PAGE, .properties = sku,
	  .permission = "Organization.Read.All" },
	{ .section = TENANT_SYNC,
	  .path = "/directory/onPremisesSynchronization",
	  .paging = ONE_OBJECT, .properties = sync,
	  .permission = "OnPremDirectorySynchronization.Read.All" },
	{ .section = TENANT_ROLES, .path = "/directoryRoles",
	  .paging = ONE_PAGE, .properties = role,
	  .permission = "RoleManagement.Read.Directory" },
	{ .section = TENANT_USERS, .path = "/users", .properties = user,
	  .permission = "User.Read.All", .delta = "" },
	{ .section = TENANT_GROUPS, .path = "/groups", .properties = group,
	  .permission = "Group.Read.All", .delta = ",members" },
	{ .section = TENANT_CONTACTS, .path = "/contacts",
	  .properties = contact, .permission = "OrgContact.Read.All",
	  .delta = "" },
	{ .section = TENANT_DELETED_USERS,
	  .path = "/directory/deletedItems/microsoft.graph.user",
	  .properties = user, .permission = "User.Read.All" },
	{ .section = TENANT_ROLE_MEMBERS, .owner = OWNER_ROLE,
	  .path = "/directoryRoles/%s/members", .paging = ONE_PAGE,
	  .properties = member, .owner_key = "roleId",
	  .permission = "RoleManagement.Read.Directory" },
	{ .section = TENANT_GROUP_MEMBERS, .owner = OWNER_GROUP,
	  .path = "/groups/%s/members", .properties = member,
	  .owner_key = "groupId", .permission = "Group.Read.All" },
	{ .section = TENANT_SYNC_BEHAVIOR, .owner = OWNER_USER,
	  .path = "/users/%s/onPremisesSyncBehavior", .paging = ONE_OBJECT,
	  .properties = behavior, .owner_key = "id", .type = "user",
	  .permission = "User-OnPremisesSyncBehavior.Read.All" },
	{ .section = TENANT_SYNC_BEHAVIOR, .owner = OWNER_CONVERTED_GROUP,
	  .path = "/groups/%s/onPremisesSyncBehavior", .paging = ONE_OBJECT,
	  .properties = behavior, .owner_key = "id", .type = "group",
	  .permission = "Group-OnPremisesSyncBehavior.Read.All" },
	{ .section = TENANT_SYNC_BEHAVIOR, .owner = OWNER_CONTACT,
	  .path = "/contacts/%s/onPremisesSyncBehavior", .paging = ONE_OBJECT,
	  .properties = behavior, .owner_key = "id", .type = "contact",
	  .permission = "Contacts-OnPremisesSyncBehavior.Read.All" },
};

/* Of which objects there are lists, and how sentences say it. */
static const struct {
	enum section section;
	enum graph_owning owning;
	enum graph_vanishing vanishing;
	const char *words;
} owners[OWNER_COUNT] = {
	[OWNER_TENANT] = { .section = SECTION_COUNT, .words = "" },
	[OWNER_GROUP] = { .section = TENANT_GROUPS,
	                  .words = ", for each group" },
	[OWNER_ROLE] = { .section = TENANT_ROLES, .vanishing = LASTING,
	                 .words = ", for each role" },
	[OWNER_USER] = { .section = TENANT_USERS, .owning = OWNING_LEFT,
	                 .words = ", for each user that synchronization "
	                          "left" },
	[OWNER_CONVERTED_GROUP] = {
		.section = TENANT_GROUPS, .owning = OWNING_LEFT,
		.words = ", for each group that it left" },
	[OWNER_CONTACT] = { .section = TENANT_CONTACTS, .owning = OWNING_LEFT,
	                    .words = ", for each contact that it left" },
};

enum section
graph_owner_section(enum graph_owner o)
{
	return owners[o].section;
}

enum graph_owning
graph_owner_owning(enum graph_owner o)
{
	return owners[o].owning;
}

enum graph_vanishing
graph_owner_vanishing(enum graph_owner o)
{
	return owners[o].vanishing;
}

const char *
graph_owner_words(enum graph_owner o)
{
	return owners[o].words;
}

size_t
graph_query_count(void)
{
	return sizeof(queries) / sizeof(queries[0]);
}

const struct graph_query *
graph_query_at(size_t i)
{
	return &queries[i];
}

static void
put_select(struct buf *out, const struct graph_query *q,
           const struct name_set *lacking)
{
	const char *comma = "$select=";

	for (size_t i = 0; q->properties[i]; i++) {
		if (name_set_has(lacking, q->properties[i]))
			continue;
		buf_addf(out, "%s%s", comma, q->properties[i]);
		comma = ",";
	}
}

static void
put_path(struct buf *out, const struct graph_query *q, const char *base,
         enum graph_version version, const char *owner)
{
	const char *hole = strstr(q->path, "%s");

	buf_addf(out, "%s/%s", base, version == GRAPH_BETA ? "beta" : "v1.0");
	buf_add(out, q->path, hole ? (size_t)(hole - q->path)
	                           : strlen(q->path));
	if (hole)
		buf_addf(out, "%s%s", owner, hole + 2);
}

char *
graph_query_url(const struct graph_query *q, const char *base,
                enum graph_version version, const char *owner, long page,
                const struct name_set *lacking)
{
	struct buf url = { 0 };

	put_path(&url, q, base, version, owner);
	buf_addc(&url, '?');
	put_select(&url, q, lacking);
	if (q->paging == PAGED)
		buf_addf(&url, "&$top=%ld", page);
	return buf_detach(&url);
}

char *
graph_query_object_url(const struct graph_query *q, const char *base,
                       const char *id, const struct name_set *lacking)
{
	struct buf url = { 0 };

	put_path(&url, q, base, GRAPH_V1, NULL);
	buf_addf(&url, "/%s?", id);
	put_select(&url, q, lacking);
	return buf_detach(&url);
}

char *
graph_query_owner_url(const struct graph_query *q, const char *base,
                      const char *owner)
{
	return xasprintf("%s/v1.0%.*s%s?$select=id", base,
	                 (int)(strstr(q->path, "%s") - q->path), q->path,
	                 owner);
}

char *
graph_query_delta_url(const struct graph_query *q, const char *base,
                      const struct name_set *lacking)
{
	struct buf url = { 0 };

	if (!q->delta)
		return NULL;
	put_path(&url, q, base, GRAPH_V1, NULL);
	buf_adds(&url, "/delta?");
	put_select(&url, q, lacking);
	buf_addf(&url, "%s&$deltatoken=latest", q->delta);
	return buf_detach(&url);
}
