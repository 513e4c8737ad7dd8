/* The order of Graph's properties: those that rules read come first. */
#include "collect/schema/tenant_attr.h"

#include <string.h>

static const char *const order[] = {
	"id", "userPrincipalName", "displayName", "mail", "mailNickname",
	"proxyAddresses", "accountEnabled", "userType",
	"onPremisesImmutableId", "onPremisesSyncEnabled",
	"onPremisesDistinguishedName", "onPremisesSamAccountName",
	"onPremisesSecurityIdentifier", "onPremisesDomainName",
	"onPremisesUserPrincipalName", "onPremisesLastSyncDateTime",
	"lastPasswordChangeDateTime", "createdDateTime", "deletedDateTime",
	"mailEnabled", "securityEnabled", "groupTypes", "isVerified",
	"isInitial", "isDefault", "verifiedDomains", "skuId", "assignedPlans",
	"assignedLicenses", "ExternalDirectoryObjectId", "PrimarySmtpAddress",
	"EmailAddresses", "Alias", "RecipientTypeDetails",
	"IsDirSynced", "IsExchangeCloudManaged",
};

size_t
tenant_attr_order(const char *name)
{
	size_t n = sizeof(order) / sizeof(order[0]);

	for (size_t i = 0; i < n; i++)
		if (strcmp(order[i], name) == 0)
			return i;
	return n;
}
