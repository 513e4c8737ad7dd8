/* THE table of what the analysis reads. */
#include "collect/schema/reads.h"

#include "base/utf8.h"

#define IN(...) .sections = { { __VA_ARGS__ } }
#define USERS [AD_USERS] = true
#define GROUPS [AD_GROUPS] = true
#define CONTACTS [AD_CONTACTS] = true
#define COMPUTERS [AD_COMPUTERS] = true
#define CONTAINERS [AD_CONTAINERS] = true
#define OTHERS [AD_OTHER] = true
#define TOMBSTONES [AD_DELETED] = true
#define RECIPIENTS USERS, GROUPS, CONTACTS
#define ACCOUNTS [TENANT_USERS] = true
#define DELETED [TENANT_DELETED_USERS] = true
#define CLOUD_GROUPS [TENANT_GROUPS] = true
#define CLOUD_CONTACTS [TENANT_CONTACTS] = true
#define CLOUD ACCOUNTS, CLOUD_GROUPS, CLOUD_CONTACTS
#define EXCHANGE [AD_MAILBOXES] = true
#define ONLINE [TENANT_MAILBOXES] = true

/*
 * By side, and there nearly as in analyze/object/attributes.h; then what is
 * read of settings. An attribute that objects of a section never have, as the
 * UPN of groups, is not read there.
 */
static const struct reads table[] = {
	{ "dn", PURPOSE_OBJECT,
	  IN(RECIPIENTS, COMPUTERS, CONTAINERS), .kin = KIN_ALWAYS },
	/* Public folders and dynamic groups hold addresses, too. */
	{ "dn", PURPOSE_OBJECT, IN(OTHERS), .want = WANT_NONE },
	{ "objectClass", PURPOSE_OBJECT, IN(OTHERS), .want = WANT_NONE },
	{ "mail", PURPOSE_ADDRESSES, IN(OTHERS), .want = WANT_NONE },
	{ "proxyAddresses", PURPOSE_ADDRESSES,
	  IN(OTHERS), .want = WANT_NONE },
	{ "mailNickname", PURPOSE_ADDRESSES, IN(OTHERS), .want = WANT_NONE },
	{ "displayName", PURPOSE_NAMES, IN(OTHERS), .want = WANT_NONE },
	{ "objectGUID", PURPOSE_MATCHING,
	  IN(RECIPIENTS, COMPUTERS), .kin = KIN_ALWAYS },
	/* Whose object was deleted. */
	{ "objectGUID", PURPOSE_MATCHING, IN(TOMBSTONES), .want = WANT_NONE },
	{ "mS-DS-ConsistencyGuid", PURPOSE_MATCHING,
	  IN(TOMBSTONES), .want = WANT_NONE },
	{ "objectSid", PURPOSE_MATCHING, IN(TOMBSTONES), .want = WANT_NONE },
	{ "sAMAccountName", PURPOSE_MATCHING,
	  IN(TOMBSTONES), .want = WANT_NONE },
	{ "whenChanged", PURPOSE_HISTORY, IN(TOMBSTONES), .want = WANT_NONE },
	{ "sAMAccountName", PURPOSE_MATCHING,
	  IN(USERS, GROUPS, COMPUTERS), .kin = KIN_ALWAYS },
	{ "userPrincipalName", PURPOSE_SIGN_IN, IN(USERS) },
	{ "displayName", PURPOSE_NAMES, IN(RECIPIENTS) },
	{ "displayName", PURPOSE_NAMES, IN(COMPUTERS), .want = WANT_NONE },
	{ "mail", PURPOSE_ADDRESSES, IN(RECIPIENTS) },
	{ "mailNickname", PURPOSE_ADDRESSES,
	  IN(RECIPIENTS), .kin = KIN_EXCHANGE },
	{ "proxyAddresses", PURPOSE_ADDRESSES,
	  IN(RECIPIENTS), .kin = KIN_EXCHANGE },
	{ "targetAddress", PURPOSE_ADDRESSES,
	  IN(RECIPIENTS), .kin = KIN_EXCHANGE },
	{ "userAccountControl", PURPOSE_ENABLED,
	  IN(USERS), .want = WANT_ONE, .kin = KIN_ALWAYS },
	{ "pwdLastSet", PURPOSE_PASSWORDS, IN(USERS), .kin = KIN_ALWAYS },
	{ "mS-DS-ConsistencyGuid", PURPOSE_MATCHING,
	  IN(RECIPIENTS), .kin = KIN_SELDOM },
	/* Who may sign in, who does, and what an object is for. */
	{ "accountExpires", PURPOSE_ENABLED,
	  IN(USERS), .want = WANT_NONE, .kin = KIN_SELDOM },
	{ "lastLogonTimestamp", PURPOSE_OBJECT,
	  IN(USERS), .want = WANT_NONE, .kin = KIN_SELDOM },
	{ "servicePrincipalName", PURPOSE_OBJECT,
	  IN(USERS), .want = WANT_NONE, .kin = KIN_SELDOM },
	{ "managedBy", PURPOSE_OBJECT,
	  IN(GROUPS), .want = WANT_NONE, .kin = KIN_SELDOM },
	{ "objectSid", PURPOSE_MATCHING, IN(USERS, GROUPS), .kin = KIN_ALWAYS },
	{ "cn", PURPOSE_NAMES,
	  IN(RECIPIENTS, COMPUTERS), .want = WANT_NONE, .kin = KIN_ALWAYS },
	{ "groupType", PURPOSE_SCOPE, IN(GROUPS), .kin = KIN_ALWAYS },
	{ "adminDescription", PURPOSE_SCOPE,
	  IN(USERS, GROUPS), .kin = KIN_SELDOM },
	{ "adminCount", PURPOSE_OBJECT, IN(USERS), .want = WANT_NONE },
	{ "isCriticalSystemObject", PURPOSE_SCOPE,
	  IN(RECIPIENTS), .kin = KIN_SELDOM },
	{ "msExchRecipientTypeDetails", PURPOSE_EXCHANGE,
	  IN(RECIPIENTS), .kin = KIN_EXCHANGE },
	{ "homeMDB", PURPOSE_EXCHANGE,
	  IN(USERS), .want = WANT_NONE, .kin = KIN_EXCHANGE },
	{ "msExchMailboxGuid", PURPOSE_EXCHANGE,
	  IN(USERS), .want = WANT_NONE, .kin = KIN_EXCHANGE },
	{ "msExchPoliciesIncluded", PURPOSE_EXCHANGE,
	  IN(RECIPIENTS), .want = WANT_NONE, .kin = KIN_EXCHANGE },
	{ "msExchPoliciesExcluded", PURPOSE_EXCHANGE,
	  IN(RECIPIENTS), .want = WANT_NONE, .kin = KIN_EXCHANGE },
	{ "msExchArchiveDatabaseLink", PURPOSE_EXCHANGE,
	  IN(USERS), .want = WANT_NONE, .kin = KIN_SELDOM },
	{ "msExchArchiveGUID", PURPOSE_EXCHANGE,
	  IN(USERS), .want = WANT_NONE, .kin = KIN_SELDOM },
	{ "msExchRemoteRecipientType", PURPOSE_EXCHANGE,
	  IN(USERS), .kin = KIN_EXCHANGE },
	{ "msExchHideFromAddressLists", PURPOSE_EXCHANGE,
	  IN(RECIPIENTS), .kin = KIN_EXCHANGE },
	{ "userCertificate", PURPOSE_SCOPE, IN(COMPUTERS), .kin = KIN_SELDOM },
	/* They are only counted. */
	{ "userCertificate", PURPOSE_OBJECT,
	  IN(USERS, CONTACTS), .want = WANT_NONE, .kin = KIN_SELDOM },
	{ "userSMIMECertificate", PURPOSE_OBJECT,
	  IN(USERS, CONTACTS), .want = WANT_NONE, .kin = KIN_SELDOM },
	{ "msDS-ReplAttributeMetaData", PURPOSE_HISTORY,
	  IN(USERS), .want = WANT_NONE },
	{ "replPropertyMetaData", PURPOSE_HISTORY,
	  IN(USERS), .want = WANT_NONE },
	{ "Enabled", PURPOSE_ENABLED,
	  IN(USERS), .want = WANT_INSTEAD, .kin = KIN_ALWAYS },
	{ "msExchRecipientDisplayType", PURPOSE_EXCHANGE,
	  IN(USERS), .kin = KIN_EXCHANGE },
	{ "whenCreated", PURPOSE_HISTORY,
	  IN(RECIPIENTS), .want = WANT_NONE, .kin = KIN_ALWAYS },
	{ "whenChanged", PURPOSE_HISTORY,
	  IN(RECIPIENTS), .want = WANT_NONE, .kin = KIN_ALWAYS },
	{ "objectClass", PURPOSE_OBJECT,
	  IN(RECIPIENTS, COMPUTERS), .want = WANT_NONE, .kin = KIN_ALWAYS },
	{ "member", PURPOSE_SCOPE, IN(GROUPS), .kin = KIN_SELDOM },
	{ "msExchMasterAccountSid", PURPOSE_EXCHANGE,
	  IN(USERS), .kin = KIN_EXCHANGE },
	{ "givenName", PURPOSE_NAMES, IN(USERS, CONTACTS), .kin = KIN_SELDOM },
	{ "sn", PURPOSE_NAMES, IN(USERS, CONTACTS), .kin = KIN_SELDOM },
	/* The engine writes where it runs into that of its account. */
	{ "userAccountControl", PURPOSE_OBJECT,
	  IN(COMPUTERS), .want = WANT_NONE, .kin = KIN_ALWAYS },
	{ "legacyExchangeDN", PURPOSE_EXCHANGE,
	  IN(RECIPIENTS), .want = WANT_NONE, .kin = KIN_EXCHANGE },
	/* AD has it since the summer of 2026, where Cloud Sync writes. */
	{ "msDS-ObjectSoa", PURPOSE_MATCHING,
	  IN(RECIPIENTS), .want = WANT_NONE, .kin = KIN_SELDOM },

	{ "onPremisesImmutableId", PURPOSE_MATCHING,
	  IN(ACCOUNTS, DELETED), .want = WANT_ONE, .kin = KIN_ANCHOR },
	{ "onPremisesSecurityIdentifier", PURPOSE_MATCHING,
	  IN(ACCOUNTS, DELETED, CLOUD_GROUPS),
	  .want = WANT_ONE, .kin = KIN_ANCHOR },
	{ "onPremisesDistinguishedName", PURPOSE_MATCHING,
	  IN(ACCOUNTS, DELETED), .want = WANT_ONE, .kin = KIN_ANCHOR },
	{ "id", PURPOSE_OBJECT, IN(CLOUD, DELETED), .kin = KIN_ALWAYS },
	{ "onPremisesSamAccountName", PURPOSE_MATCHING,
	  IN(ACCOUNTS, DELETED, CLOUD_GROUPS),
	  .want = WANT_ONE, .kin = KIN_ANCHOR },
	{ "userPrincipalName", PURPOSE_SIGN_IN,
	  IN(ACCOUNTS, DELETED), .kin = KIN_ALWAYS },
	{ "displayName", PURPOSE_NAMES, IN(CLOUD) },
	{ "displayName", PURPOSE_NAMES, IN(DELETED), .want = WANT_NONE },
	{ "mail", PURPOSE_ADDRESSES, IN(CLOUD) },
	{ "mail", PURPOSE_ADDRESSES, IN(DELETED), .want = WANT_NONE },
	{ "mailNickname", PURPOSE_ADDRESSES, IN(CLOUD), .kin = KIN_ALWAYS },
	{ "proxyAddresses", PURPOSE_ADDRESSES, IN(CLOUD), .kin = KIN_LIST },
	{ "proxyAddresses", PURPOSE_ADDRESSES,
	  IN(DELETED), .want = WANT_NONE, .kin = KIN_LIST },
	{ "accountEnabled", PURPOSE_ENABLED, IN(ACCOUNTS), .kin = KIN_ALWAYS },
	{ "onPremisesSyncEnabled", PURPOSE_SYNCED,
	  IN(CLOUD, DELETED), .kin = KIN_SYNCED },
	{ "assignedPlans", PURPOSE_LICENCES, IN(ACCOUNTS), .kin = KIN_LIST },
	{ "deletedDateTime", PURPOSE_HISTORY,
	  IN(CLOUD, DELETED), .want = WANT_NONE, .kin = KIN_FATE },
	{ "createdDateTime", PURPOSE_HISTORY,
	  IN(ACCOUNTS, CLOUD_GROUPS), .want = WANT_NONE, .kin = KIN_ALWAYS },
	{ "lastPasswordChangeDateTime", PURPOSE_PASSWORDS,
	  IN(ACCOUNTS), .want = WANT_NONE, .kin = KIN_ALWAYS },
	{ "onPremisesLastSyncDateTime", PURPOSE_HISTORY,
	  IN(CLOUD), .want = WANT_NONE, .kin = KIN_ANCHOR },
	{ "onPremisesProvisioningErrors", PURPOSE_ERRORS,
	  IN(CLOUD), .want = WANT_NONE, .kin = KIN_LIST },
	{ "serviceProvisioningErrors", PURPOSE_ERRORS,
	  IN(CLOUD), .want = WANT_NONE, .kin = KIN_LIST },
	{ "usageLocation", PURPOSE_LICENCES,
	  IN(ACCOUNTS), .want = WANT_NONE, .kin = KIN_SELDOM },
	{ "licenseAssignmentStates", PURPOSE_LICENCES,
	  IN(ACCOUNTS), .want = WANT_NONE, .kin = KIN_LIST },
	{ "onPremisesObjectIdentifier", PURPOSE_MATCHING,
	  IN(ACCOUNTS, DELETED), .want = WANT_NONE, .kin = KIN_ANCHOR },
	{ "onPremisesDomainName", PURPOSE_MATCHING,
	  IN(ACCOUNTS, DELETED, CLOUD_GROUPS),
	  .want = WANT_NONE, .kin = KIN_ANCHOR },
	{ "mailEnabled", PURPOSE_ADDRESSES,
	  IN(CLOUD_GROUPS), .kin = KIN_ALWAYS },
	{ "groupTypes", PURPOSE_MATCHING,
	  IN(CLOUD_GROUPS), .want = WANT_NONE, .kin = KIN_LIST },
	{ "onPremisesUserPrincipalName", PURPOSE_MATCHING,
	  IN(ACCOUNTS, DELETED), .want = WANT_NONE, .kin = KIN_ANCHOR },
	{ "userType", PURPOSE_SIGN_IN, IN(ACCOUNTS), .kin = KIN_ALWAYS },
	{ "givenName", PURPOSE_NAMES,
	  IN(ACCOUNTS, CLOUD_CONTACTS), .kin = KIN_SELDOM },
	{ "surname", PURPOSE_NAMES,
	  IN(ACCOUNTS, CLOUD_CONTACTS), .kin = KIN_SELDOM },

	{ "DistinguishedName", PURPOSE_OBJECT,
	  IN(EXCHANGE, ONLINE), .want = WANT_NONE },
	{ "Guid", PURPOSE_MATCHING, IN(EXCHANGE) },
	{ "ExternalDirectoryObjectId", PURPOSE_MATCHING, IN(ONLINE) },
	{ "UserPrincipalName", PURPOSE_SIGN_IN,
	  IN(EXCHANGE, ONLINE), .want = WANT_NONE },
	{ "DisplayName", PURPOSE_NAMES,
	  IN(EXCHANGE, ONLINE), .want = WANT_NONE },
	{ "PrimarySmtpAddress", PURPOSE_ADDRESSES,
	  IN(EXCHANGE, ONLINE), .want = WANT_NONE },
	{ "Alias", PURPOSE_ADDRESSES,
	  IN(EXCHANGE, ONLINE), .want = WANT_NONE },
	{ "EmailAddresses", PURPOSE_ADDRESSES, IN(EXCHANGE, ONLINE) },
	{ "ExchangeGuid", PURPOSE_EXCHANGE, IN(EXCHANGE), .want = WANT_NONE },
	{ "ArchiveGuid", PURPOSE_EXCHANGE, IN(EXCHANGE), .want = WANT_NONE },
	{ "IsDirSynced", PURPOSE_ADDRESSES, IN(ONLINE), .want = WANT_NONE },
	{ "IsExchangeCloudManaged", PURPOSE_ADDRESSES,
	  IN(ONLINE), .want = WANT_NONE },
	{ "RecipientTypeDetails", PURPOSE_ADDRESSES,
	  IN(ONLINE), .want = WANT_NONE },

	{ "id", PURPOSE_DOMAINS, IN([TENANT_DOMAINS] = true) },
	{ "isVerified", PURPOSE_DOMAINS, IN([TENANT_DOMAINS] = true) },
	{ "isInitial", PURPOSE_DOMAINS, IN([TENANT_DOMAINS] = true) },
	{ "isDefault", PURPOSE_DOMAINS, IN([TENANT_DOMAINS] = true) },
	{ "authenticationType", PURPOSE_DOMAINS,
	  IN([TENANT_DOMAINS] = true), .want = WANT_NONE },
	{ "onPremisesLastSyncDateTime", PURPOSE_HISTORY,
	  IN([TENANT_ORGANIZATION] = true), .want = WANT_NONE },
	{ "verifiedDomains", PURPOSE_DOMAINS,
	  IN([TENANT_ORGANIZATION] = true) },
	{ "configuration", PURPOSE_SETTINGS, IN([TENANT_SYNC] = true) },
	{ "features", PURPOSE_SETTINGS, IN([TENANT_SYNC] = true) },
	{ "id", PURPOSE_SETTINGS, IN([TENANT_ROLE_MEMBERS] = true,
	                             [TENANT_SYNC_BEHAVIOR] = true) },
	{ "roleTemplateId", PURPOSE_SETTINGS, IN([TENANT_ROLES] = true),
	  .want = WANT_NONE },
	{ "isCloudManaged", PURPOSE_SETTINGS,
	  IN([TENANT_SYNC_BEHAVIOR] = true) },
	{ "BlockExchangeProvisioningFromOnPremEnabled", PURPOSE_SETTINGS,
	  IN([TENANT_EXCHANGE] = true), .want = WANT_NONE },
};

static const struct purpose_word words[PURPOSE_COUNT] = {
	[PURPOSE_OBJECT] = { "kind and id", "are" },
	[PURPOSE_MATCHING] = { "matching", "is" },
	[PURPOSE_SYNCED] = { "what is synchronized", "is" },
	[PURPOSE_SIGN_IN] = { "sign-in", "is" },
	[PURPOSE_ADDRESSES] = { "addresses", "are" },
	[PURPOSE_EXCHANGE] = { "what Exchange says", "is" },
	[PURPOSE_NAMES] = { "names", "are" },
	[PURPOSE_ENABLED] = { "who is enabled", "is" },
	[PURPOSE_PASSWORDS] = { "passwords", "are" },
	[PURPOSE_SCOPE] = { "scope", "is" },
	[PURPOSE_LICENCES] = { "licences", "are" },
	[PURPOSE_HISTORY] = { "history", "is" },
	[PURPOSE_ERRORS] = { "what the tenant reports", "is" },
	[PURPOSE_DOMAINS] = { "domains", "are" },
	[PURPOSE_SETTINGS] = { "settings", "are" },
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

size_t
reads_number(const struct reads *r)
{
	return r ? (size_t)(r - table) : ROWS;
}

bool
reads_has(enum section s, const char *name)
{
	return reads_find(s, name) != NULL;
}

struct purpose_word
purpose_word(enum purpose p)
{
	return words[p];
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
