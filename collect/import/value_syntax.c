/* THE table of values that are judged as they come in. */
#include "collect/import/value_syntax.h"

#include <string.h>

#include "base/utf8.h"

/*
 * What the analyzer reads is USE_READ: analyze/object/attributes.h has it, and
 * tests/unit/value_judge.c compares. What is kept for the reader alone is put
 * into its form where that is certain, and no word is said of it otherwise.
 */
static const struct value_row ad_rows[] = {
	{ AD_DN, AS_DN, USE_READ },
	{ "objectGUID", AS_GUID, USE_READ },
	{ "sAMAccountName", AS_TEXT, USE_READ },
	{ "userPrincipalName", AS_TEXT, USE_READ },
	{ "displayName", AS_TEXT, USE_READ },
	{ "mail", AS_TEXT, USE_READ },
	{ "mailNickname", AS_TEXT, USE_READ },
	{ "proxyAddresses", AS_TEXT, USE_READ },
	{ "targetAddress", AS_TEXT, USE_READ },
	{ "userAccountControl", AS_CONTROL, USE_READ },
	{ "pwdLastSet", AS_FILETIME, USE_READ },
	{ "mS-DS-ConsistencyGuid", AS_ANCHOR, USE_READ },
	{ "objectSid", AS_SID, USE_READ },
	{ "cn", AS_TEXT, USE_READ },
	{ "groupType", AS_GROUP_TYPE, USE_READ },
	{ "adminDescription", AS_TEXT, USE_READ },
	{ "adminCount", AS_TEXT, USE_READ },
	{ "msDS-ObjectSoa", AS_TEXT, USE_READ },
	{ "isCriticalSystemObject", AS_FLAG, USE_READ },
	{ "msExchRecipientTypeDetails", AS_RECIPIENT_TYPE, USE_READ },
	/* They are counted. */
	{ "userCertificate", AS_OCTETS, USE_READ },
	{ "userSMIMECertificate", AS_OCTETS, USE_READ },
	/* Of these only whether there is a value is read. */
	{ "homeMDB", AS_WHATEVER, USE_KEPT },
	{ "msExchArchiveDatabaseLink", AS_TEXT, USE_READ },
	{ "msExchRemoteRecipientType", AS_REMOTE_TYPE, USE_KEPT },
	{ "userCertificate", AS_OCTETS, USE_KEPT },
	{ "msExchPoliciesIncluded", AS_TEXT, USE_READ },
	{ "msExchPoliciesExcluded", AS_TEXT, USE_READ },
	{ "msExchHideFromAddressLists", AS_FLAG, USE_READ },
	{ "msDS-ReplAttributeMetaData", AS_WHATEVER, USE_READ },
	{ "replPropertyMetaData", AS_METADATA, USE_READ },
	{ "Enabled", AS_FLAG, USE_READ },
	{ "msExchRecipientDisplayType", AS_DISPLAY_TYPE, USE_READ },
	{ "whenCreated", AS_GENERAL_TIME, USE_READ },
	{ "whenChanged", AS_GENERAL_TIME, USE_READ },
	{ "objectClass", AS_TEXT, USE_READ },
	{ "member", AS_WHATEVER, USE_READ },
	{ "canonicalName", AS_TEXT, USE_READ },
	{ "msExchMasterAccountSid", AS_SID, USE_READ },
	{ "msExchMailboxGuid", AS_GUID, USE_READ },
	{ "msExchArchiveGUID", AS_GUID, USE_READ },
	{ "givenName", AS_TEXT, USE_READ },
	{ "sn", AS_TEXT, USE_READ },
	{ "accountExpires", AS_FILETIME, USE_READ },
	{ "lastLogonTimestamp", AS_FILETIME, USE_READ },
	/* Of these only whether there is a value is read. */
	{ "servicePrincipalName", AS_WHATEVER, USE_KEPT },
	{ "managedBy", AS_WHATEVER, USE_KEPT },
	{ "legacyExchangeDN", AS_TEXT, USE_READ },
	{ "description", AS_TEXT, USE_READ },

	/* Sections hang on these. */
	{ "isDeleted", AS_FLAG, USE_READ },
	{ "instanceType", AS_NUMBER, USE_KEPT },
	{ "sAMAccountType", AS_ACCOUNT_TYPE, USE_KEPT },

	{ "isRecycled", AS_FLAG, USE_KEPT },
	{ "ms-DS-CreatorSID", AS_SID, USE_KEPT },
	{ "msExchDisabledArchiveGUID", AS_GUID, USE_KEPT },
	{ "msExchImmutableSid", AS_SID, USE_KEPT },
	{ "msExchMasterAccountHistory", AS_SID, USE_KEPT },
	{ "msExchPreviousAccountSid", AS_SID, USE_KEPT },
	{ "msExchPreviousMailboxGuid", AS_GUID, USE_KEPT },
	{ "msExchPreviousRecipientTypeDetails", AS_RECIPIENT_TYPE, USE_KEPT },
	{ "msRTCSIP-TenantId", AS_GUID, USE_KEPT },
	{ "netbootGUID", AS_GUID, USE_KEPT },
	{ "parentGUID", AS_GUID, USE_KEPT },
	{ "securityIdentifier", AS_SID, USE_KEPT },
	{ "sIDHistory", AS_SID, USE_KEPT },
}, graph_rows[] = {
	{ "onPremisesDistinguishedName", AS_TEXT, USE_READ },
	{ "id", AS_GUID_TEXT, USE_READ },
	{ "onPremisesSamAccountName", AS_TEXT, USE_READ },
	{ "userPrincipalName", AS_TEXT, USE_READ },
	{ "displayName", AS_TEXT, USE_READ },
	{ "mail", AS_TEXT, USE_READ },
	{ "mailNickname", AS_TEXT, USE_READ },
	{ "proxyAddresses", AS_TEXT, USE_READ },
	{ "accountEnabled", AS_JSON_FLAG, USE_READ },
	{ "onPremisesImmutableId", AS_TEXT, USE_READ },
	{ "onPremisesSyncEnabled", AS_JSON_FLAG, USE_READ },
	{ "assignedPlans", AS_JSON_LIST, USE_READ },
	{ "onPremisesProvisioningErrors", AS_JSON_LIST, USE_READ },
	{ "serviceProvisioningErrors", AS_JSON_LIST, USE_READ },
	{ "usageLocation", AS_TEXT, USE_READ },
	{ "licenseAssignmentStates", AS_JSON_LIST, USE_READ },
	{ "deletedDateTime", AS_ISO_TIME, USE_READ },
	{ "onPremisesDomainName", AS_TEXT, USE_READ },
	{ "groupTypes", AS_WHATEVER, USE_READ },
	{ "onPremisesObjectIdentifier", AS_TEXT, USE_READ },
	{ "mailEnabled", AS_JSON_FLAG, USE_READ },
	{ "onPremisesUserPrincipalName", AS_TEXT, USE_READ },
	{ "userType", AS_TEXT, USE_READ },
	{ "givenName", AS_TEXT, USE_READ },
	{ "surname", AS_TEXT, USE_READ },
	{ "onPremisesSecurityIdentifier", AS_SID_TEXT, USE_READ },

	{ "securityEnabled", AS_JSON_FLAG, USE_KEPT },
	{ "createdDateTime", AS_ISO_TIME, USE_READ },
	{ "lastPasswordChangeDateTime", AS_ISO_TIME, USE_READ },
	{ "onPremisesLastSyncDateTime", AS_ISO_TIME, USE_READ },
}, exchange_rows[] = {
	{ "DistinguishedName", AS_TEXT, USE_READ },
	{ "Guid", AS_GUID_TEXT, USE_READ },
	{ "ExternalDirectoryObjectId", AS_GUID_TEXT, USE_READ },
	{ "UserPrincipalName", AS_TEXT, USE_READ },
	{ "DisplayName", AS_TEXT, USE_READ },
	{ "PrimarySmtpAddress", AS_TEXT, USE_READ },
	{ "Alias", AS_TEXT, USE_READ },
	{ "EmailAddresses", AS_TEXT, USE_READ },
	{ "IsDirSynced", AS_JSON_FLAG, USE_READ },
	{ "IsExchangeCloudManaged", AS_JSON_FLAG, USE_READ },
	{ "BlockExchangeProvisioningFromOnPremEnabled", AS_JSON_FLAG,
	  USE_READ },
	{ "RecipientTypeDetails", AS_TEXT, USE_READ },

	{ "ExchangeGuid", AS_GUID_TEXT, USE_READ },
	{ "ArchiveGuid", AS_GUID_TEXT, USE_READ },
	{ "HiddenFromAddressListsEnabled", AS_JSON_FLAG, USE_KEPT },
}, domain_rows[] = {
	{ "id", AS_TEXT, USE_READ },
	{ "isVerified", AS_JSON_FLAG, USE_READ },
	{ "isInitial", AS_JSON_FLAG, USE_READ },
	{ "isDefault", AS_JSON_FLAG, USE_READ },
}, organization_rows[] = {
	{ "verifiedDomains", AS_JSON_LIST, USE_READ },
};

#define ROWS(a) { a, sizeof(a) / sizeof((a)[0]) }

static const struct {
	const struct value_row *rows;
	size_t count;
} tables[] = {
	[VALUES_OF_AD] = ROWS(ad_rows),
	[VALUES_OF_GRAPH] = ROWS(graph_rows),
	[VALUES_OF_EXCHANGE] = ROWS(exchange_rows),
	[VALUES_OF_DOMAINS] = ROWS(domain_rows),
	[VALUES_OF_ORGANIZATION] = ROWS(organization_rows),
	[VALUES_OF_NOBODY] = { NULL, 0 },
};

enum value_form
value_form(enum section s)
{
	switch (s) {
	case AD_MAILBOXES:
	case TENANT_MAILBOXES:
	case TENANT_EXCHANGE:
		return VALUES_OF_EXCHANGE;
	case TENANT_USERS:
	case TENANT_GROUPS:
	case TENANT_CONTACTS:
	case TENANT_DELETED_USERS:
		return VALUES_OF_GRAPH;
	case TENANT_DOMAINS:
		return VALUES_OF_DOMAINS;
	case TENANT_ORGANIZATION:
		return VALUES_OF_ORGANIZATION;
	default:
		return section_side(s) == SIDE_AD ? VALUES_OF_AD
		                                  : VALUES_OF_NOBODY;
	}
}

const struct value_row *
value_row_find(enum value_form form, const char *name)
{
	static const struct value_row octets = {
		.syntax = AS_OCTETS, .use = USE_KEPT,
	};
	const struct ad_attr *a;

	for (size_t i = 0; i < tables[form].count; i++)
		if (ascii_casecmp(tables[form].rows[i].name, name) == 0)
			return &tables[form].rows[i];
	a = form == VALUES_OF_AD ? ad_attr_find(name) : NULL;
	return a && a->kind == VALUE_BYTES ? &octets : NULL;
}

static bool
is_called(const struct value_row *row, const char *name)
{
	return row->name && strcmp(row->name, name) == 0;
}

bool
value_tells_section(const struct value_row *row)
{
	return row->syntax == AS_CONTROL || row->syntax == AS_GROUP_TYPE ||
	       row->syntax == AS_ACCOUNT_TYPE || is_called(row, "isDeleted");
}

bool
value_is_read(enum section s, const struct value_row *row)
{
	switch (s) {
	case AD_DELETED:
	case AD_OTHER:
	case AD_FOREST:
	case AD_EXCHANGE:
		return false;
	case AD_CONTAINERS:
		return is_called(row, AD_DN);
	/* Each of the two has a key of its own. */
	case AD_MAILBOXES:
		return row->use == USE_READ &&
		       !is_called(row, "ExternalDirectoryObjectId");
	case TENANT_MAILBOXES:
		return row->use == USE_READ && !is_called(row, "Guid") &&
		       !is_called(row, "ExchangeGuid") &&
		       !is_called(row, "ArchiveGuid");
	default:
		return row->use == USE_READ;
	}
}
