/* THE table of what the analysis reads. */
#include "collect/schema/reads.h"

#include "base/utf8.h"

#define IN(...) .sections = { { __VA_ARGS__ } }
#define USERS [AD_USERS] = true
#define GROUPS [AD_GROUPS] = true
#define CONTACTS [AD_CONTACTS] = true
#define COMPUTERS [AD_COMPUTERS] = true
#define CONTAINERS [AD_CONTAINERS] = true
#define RECIPIENTS USERS, GROUPS, CONTACTS
#define ACCOUNTS [TENANT_USERS] = true
#define DELETED [TENANT_DELETED_USERS] = true
#define CLOUD_GROUPS [TENANT_GROUPS] = true
#define CLOUD_CONTACTS [TENANT_CONTACTS] = true
#define CLOUD ACCOUNTS, CLOUD_GROUPS, CLOUD_CONTACTS
#define EXCHANGE [AD_MAILBOXES] = true
#define ONLINE [TENANT_MAILBOXES] = true

/*
 * By side, and there in the order of analyze/object/attributes.h; then what is
 * read of settings. An attribute that objects of a section never have, as the
 * UPN of groups, is not read there.
 */
static const struct reads table[] = {
	{ "dn", PURPOSE_OBJECT, IN(RECIPIENTS, COMPUTERS, CONTAINERS) },
	{ "objectGUID", PURPOSE_MATCHING, IN(RECIPIENTS, COMPUTERS) },
	{ "sAMAccountName", PURPOSE_MATCHING, IN(USERS, GROUPS, COMPUTERS) },
	{ "userPrincipalName", PURPOSE_SIGN_IN, IN(USERS) },
	{ "displayName", PURPOSE_NAMES, IN(RECIPIENTS, COMPUTERS) },
	{ "mail", PURPOSE_ADDRESSES, IN(RECIPIENTS) },
	{ "mailNickname", PURPOSE_ADDRESSES, IN(RECIPIENTS) },
	{ "proxyAddresses", PURPOSE_ADDRESSES, IN(RECIPIENTS) },
	{ "targetAddress", PURPOSE_ADDRESSES, IN(RECIPIENTS) },
	{ "userAccountControl", PURPOSE_ENABLED, IN(USERS) },
	{ "pwdLastSet", PURPOSE_PASSWORDS, IN(USERS) },
	{ "mS-DS-ConsistencyGuid", PURPOSE_MATCHING, IN(RECIPIENTS) },
	{ "objectSid", PURPOSE_MATCHING, IN(USERS, GROUPS) },
	{ "cn", PURPOSE_NAMES, IN(RECIPIENTS, COMPUTERS) },
	{ "groupType", PURPOSE_SCOPE, IN(GROUPS) },
	{ "adminDescription", PURPOSE_SCOPE, IN(USERS, GROUPS) },
	{ "isCriticalSystemObject", PURPOSE_SCOPE, IN(RECIPIENTS) },
	{ "msExchRecipientTypeDetails", PURPOSE_EXCHANGE, IN(RECIPIENTS) },
	{ "msExchRemoteRecipientType", PURPOSE_EXCHANGE, IN(USERS) },
	{ "msExchHideFromAddressLists", PURPOSE_EXCHANGE, IN(RECIPIENTS) },
	{ "userCertificate", PURPOSE_SCOPE, IN(COMPUTERS) },
	{ "msDS-ReplAttributeMetaData", PURPOSE_HISTORY, IN(USERS) },
	{ "replPropertyMetaData", PURPOSE_HISTORY, IN(USERS) },
	{ "Enabled", PURPOSE_ENABLED, IN(USERS) },
	{ "msExchRecipientDisplayType", PURPOSE_EXCHANGE, IN(USERS) },
	{ "whenCreated", PURPOSE_HISTORY, IN(RECIPIENTS) },
	{ "objectClass", PURPOSE_OBJECT, IN(RECIPIENTS, COMPUTERS) },
	{ "member", PURPOSE_SCOPE, IN(GROUPS) },
	{ "msExchMasterAccountSid", PURPOSE_EXCHANGE, IN(USERS) },
	{ "givenName", PURPOSE_NAMES, IN(USERS, CONTACTS) },
	{ "sn", PURPOSE_NAMES, IN(USERS, CONTACTS) },

	{ "onPremisesDistinguishedName", PURPOSE_MATCHING,
	  IN(ACCOUNTS, DELETED) },
	{ "id", PURPOSE_OBJECT, IN(CLOUD, DELETED) },
	{ "onPremisesSamAccountName", PURPOSE_MATCHING,
	  IN(ACCOUNTS, DELETED, CLOUD_GROUPS) },
	{ "userPrincipalName", PURPOSE_SIGN_IN, IN(ACCOUNTS, DELETED) },
	{ "displayName", PURPOSE_NAMES, IN(CLOUD, DELETED) },
	{ "mail", PURPOSE_ADDRESSES, IN(CLOUD, DELETED) },
	{ "mailNickname", PURPOSE_ADDRESSES, IN(CLOUD) },
	{ "proxyAddresses", PURPOSE_ADDRESSES, IN(CLOUD, DELETED) },
	{ "accountEnabled", PURPOSE_ENABLED, IN(ACCOUNTS) },
	{ "onPremisesImmutableId", PURPOSE_MATCHING, IN(ACCOUNTS, DELETED) },
	{ "onPremisesSyncEnabled", PURPOSE_SYNCED, IN(CLOUD, DELETED) },
	{ "assignedPlans", PURPOSE_LICENCES, IN(ACCOUNTS) },
	{ "deletedDateTime", PURPOSE_HISTORY, IN(CLOUD, DELETED) },
	{ "onPremisesDomainName", PURPOSE_MATCHING,
	  IN(ACCOUNTS, DELETED, CLOUD_GROUPS) },
	{ "mailEnabled", PURPOSE_ADDRESSES, IN(CLOUD_GROUPS) },
	{ "onPremisesUserPrincipalName", PURPOSE_MATCHING,
	  IN(ACCOUNTS, DELETED) },
	{ "userType", PURPOSE_SIGN_IN, IN(ACCOUNTS) },
	{ "givenName", PURPOSE_NAMES, IN(ACCOUNTS, CLOUD_CONTACTS) },
	{ "surname", PURPOSE_NAMES, IN(ACCOUNTS, CLOUD_CONTACTS) },
	{ "onPremisesSecurityIdentifier", PURPOSE_MATCHING,
	  IN(ACCOUNTS, DELETED, CLOUD_GROUPS) },

	{ "DistinguishedName", PURPOSE_OBJECT, IN(EXCHANGE, ONLINE) },
	{ "Guid", PURPOSE_MATCHING, IN(EXCHANGE) },
	{ "ExternalDirectoryObjectId", PURPOSE_MATCHING, IN(ONLINE) },
	{ "UserPrincipalName", PURPOSE_SIGN_IN, IN(EXCHANGE, ONLINE) },
	{ "DisplayName", PURPOSE_NAMES, IN(EXCHANGE, ONLINE) },
	{ "PrimarySmtpAddress", PURPOSE_ADDRESSES, IN(EXCHANGE, ONLINE) },
	{ "Alias", PURPOSE_ADDRESSES, IN(EXCHANGE, ONLINE) },
	{ "EmailAddresses", PURPOSE_ADDRESSES, IN(EXCHANGE, ONLINE) },

	{ "id", PURPOSE_DOMAINS, IN([TENANT_DOMAINS] = true) },
	{ "isVerified", PURPOSE_DOMAINS, IN([TENANT_DOMAINS] = true) },
	{ "isInitial", PURPOSE_DOMAINS, IN([TENANT_DOMAINS] = true) },
	{ "isDefault", PURPOSE_DOMAINS, IN([TENANT_DOMAINS] = true) },
	{ "verifiedDomains", PURPOSE_DOMAINS,
	  IN([TENANT_ORGANIZATION] = true) },
	{ "configuration", PURPOSE_SETTINGS, IN([TENANT_SYNC] = true) },
	{ "features", PURPOSE_SETTINGS, IN([TENANT_SYNC] = true) },
	{ "id", PURPOSE_SETTINGS, IN([TENANT_ROLE_MEMBERS] = true,
	                             [TENANT_SYNC_BEHAVIOR] = true) },
	{ "isCloudManaged", PURPOSE_SETTINGS,
	  IN([TENANT_SYNC_BEHAVIOR] = true) },
};

enum { ROWS = sizeof(table) / sizeof(table[0]) };

const struct reads *
reads_find(enum section s, const char *name)
{
	for (size_t i = 0; i < ROWS; i++)
		if (section_set_has(&table[i].sections, s) &&
		    ascii_casecmp(table[i].name, name) == 0)
			return &table[i];
	return NULL;
}

bool
reads_has(enum section s, const char *name)
{
	return reads_find(s, name) != NULL;
}

size_t
reads_count(void)
{
	return ROWS;
}

const struct reads *
reads_at(size_t i)
{
	return i < ROWS ? &table[i] : NULL;
}
