/* THE tables of columns, one a kind of CSV file. */
#include "collect/import/import_map.h"

#include <string.h>
#include <strings.h>

#include "collect/import/graph_names.h"
#include "collect/schema/schema.h"

/*
 * Get-ADUser and its kin. Columns not named here have LDAP names, or the words
 * that ad_attr.c has for them.
 */
static const struct column_map ad_rows[] = {
	{ "DN", "dn", COLUMN_DN },
	{ "DistinguishedName", "dn", COLUMN_DN },
	{ "SID", "objectSid", COLUMN_AD },
	{ "Enabled", "Enabled", COLUMN_TEXT },
	{ "pwdLastSet", "pwdLastSet", COLUMN_DATE },
	{ "PasswordLastSet", "pwdLastSet", COLUMN_DATE },
	{ "accountExpires", "accountExpires", COLUMN_DATE },
	{ "AccountExpirationDate", "accountExpires", COLUMN_DATE },
	{ "lastLogonTimestamp", "lastLogonTimestamp", COLUMN_DATE },
	{ "LastLogonDate", "lastLogonTimestamp", COLUMN_DATE },
	{ "whenCreated", "whenCreated", COLUMN_WHEN },
	{ "Created", "whenCreated", COLUMN_WHEN },
	{ "createTimeStamp", "whenCreated", COLUMN_WHEN },
	{ "proxyAddresses", "proxyAddresses", COLUMN_ADDRESSES },
	{ "proxyAddress", "proxyAddresses", COLUMN_ADDRESSES },
	/* ADRecon's words: https://github.com/adrecon/ADRecon */
	{ "UserName", "sAMAccountName", COLUMN_AD },
	{ "Email", "mail", COLUMN_AD },
	{ "FirstName", "givenName", COLUMN_AD },
	{ "LastName", "sn", COLUMN_AD },
	{ "AddedProperties", NULL, COLUMN_JUNK },
	{ "RemovedProperties", NULL, COLUMN_JUNK },
	{ "ModifiedProperties", NULL, COLUMN_JUNK },
	{ "PropertyNames", NULL, COLUMN_JUNK },
	{ "PropertyCount", NULL, COLUMN_JUNK },
	{ "WriteDebugStream", NULL, COLUMN_JUNK },
	{ "WriteErrorStream", NULL, COLUMN_JUNK },
	{ "WriteInformationStream", NULL, COLUMN_JUNK },
	{ "WriteVerboseStream", NULL, COLUMN_JUNK },
	{ "WriteWarningStream", NULL, COLUMN_JUNK },
	{ "nTSecurityDescriptor", NULL, COLUMN_JUNK },
};

static const struct column_map exchange_rows[] = {
	{ "ExternalDirectoryObjectId", "ExternalDirectoryObjectId",
	  COLUMN_TEXT },
	{ "PrimarySmtpAddress", "PrimarySmtpAddress", COLUMN_TEXT },
	{ "EmailAddresses", "EmailAddresses", COLUMN_ADDRESSES },
	{ "Alias", "Alias", COLUMN_TEXT },
	{ "DisplayName", "DisplayName", COLUMN_TEXT },
	{ "UserPrincipalName", "UserPrincipalName", COLUMN_TEXT },
	{ "RecipientType", "RecipientType", COLUMN_TEXT },
	{ "RecipientTypeDetails", "RecipientTypeDetails", COLUMN_TEXT },
	{ "DistinguishedName", "DistinguishedName", COLUMN_TEXT },
	{ "Guid", "Guid", COLUMN_TEXT },
	{ "ExchangeGuid", "ExchangeGuid", COLUMN_TEXT },
	{ "ArchiveGuid", "ArchiveGuid", COLUMN_TEXT },
	{ "IsDirSynced", "IsDirSynced", COLUMN_TEXT },
	{ "IsExchangeCloudManaged", "IsExchangeCloudManaged", COLUMN_TEXT },
	{ "HiddenFromAddressListsEnabled", "HiddenFromAddressListsEnabled",
	  COLUMN_TEXT },
	{ "WindowsEmailAddress", "WindowsEmailAddress", COLUMN_TEXT },
	{ "ExternalEmailAddress", "ExternalEmailAddress", COLUMN_TEXT },
	{ "RunspaceId", NULL, COLUMN_JUNK },
	{ "PSComputerName", NULL, COLUMN_JUNK },
	{ "PSShowComputerName", NULL, COLUMN_JUNK },
};

/*
 * Entra's "Download users", "Export users" of the admin centre, and the users
 * and groups of PowerShell: what graph_names.c does not know of their columns,
 * and those of Graph's properties that are no text.
 */
static const struct column_map portal_rows[] = {
	{ "blockCredential", "accountEnabled", COLUMN_FLAG_INVERTED },
	{ "directorySynced", "onPremisesSyncEnabled", COLUMN_TEXT },
	{ "proxyAddresses", "proxyAddresses", COLUMN_ADDRESSES },
	{ "createdDateTime", "createdDateTime", COLUMN_TIME },
	{ "lastPasswordChangeDateTime", "lastPasswordChangeDateTime",
	  COLUMN_TIME },
	{ "deletedDateTime", "deletedDateTime", COLUMN_TIME },
	{ "onPremisesLastSyncDateTime", "onPremisesLastSyncDateTime",
	  COLUMN_TIME },
	{ "licenses", "licenses", COLUMN_TEXT },
	{ "extensionData", NULL, COLUMN_JUNK },
	{ "additionalProperties", NULL, COLUMN_JUNK },
	{ "serviceProvisioningErrors", NULL, COLUMN_JUNK },
	{ "licenseAssignmentStates", NULL, COLUMN_JUNK },
};

/*
 * Get-ExchangeServer. What it calls otherwise than AD, of which an object is in
 * the same section, has no place there.
 */
static const struct column_map server_rows[] = {
	{ "DistinguishedName", "dn", COLUMN_DN },
	{ "Name", "name", COLUMN_TEXT },
	{ "Guid", "objectGUID", COLUMN_AD },
	{ "AdminDisplayVersion", "AdminDisplayVersion", COLUMN_TEXT },
	{ "ServerRole", "ServerRole", COLUMN_TEXT },
	{ "Edition", "Edition", COLUMN_TEXT },
	{ "Fqdn", "Fqdn", COLUMN_TEXT },
	{ "Site", "Site", COLUMN_TEXT },
};

static const char *
ad_property(const char *column)
{
	const struct ad_attr *a = ad_attr_shown(column);

	if (!a)
		a = ad_attr_find(column);
	return a ? a->name : NULL;
}

/* Rows of one file are of users, groups or contacts. */
static const char *
portal_property(const char *column)
{
	struct graph_name found = graph_name_find(TENANT_USERS, column);

	if (!found.name)
		found = graph_name_find(TENANT_GROUPS, column);
	return found.name;
}

const struct column_table ad_columns = {
	ad_rows, sizeof(ad_rows) / sizeof(ad_rows[0]), ad_property
};

const struct column_table exchange_columns = {
	exchange_rows, sizeof(exchange_rows) / sizeof(exchange_rows[0]), NULL
};

const struct column_table portal_columns = {
	portal_rows, sizeof(portal_rows) / sizeof(portal_rows[0]),
	portal_property
};

const struct column_table server_columns = {
	server_rows, sizeof(server_rows) / sizeof(server_rows[0]), NULL
};

const struct column_map *
column_find(const struct column_table *t, const char *column)
{
	for (size_t i = 0; i < t->count; i++)
		if (strcasecmp(t->rows[i].column, column) == 0)
			return &t->rows[i];
	return NULL;
}
