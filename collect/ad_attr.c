/* THE table of AD attributes. */
#include "collect/ad_attr.h"

#include <string.h>

#include "base/base64.h"
#include "base/buf.h"
#include "base/utf8.h"

/*
 * Sorted by name without case, for the search. The rank is the canonical
 * order of the snapshot: what rules read comes first; the rest, rank 0,
 * follows by name. Ranks are ten apart to leave room. A row without kind and
 * shape (text, one value) is here for its spelling.
 */
static const struct ad_attr table[] = {
	{ .name = "accountExpires" },
	{ .name = "accountNameHistory", .shape = SHAPE_LIST },
	{ .name = "adminCount" },
	{ .name = "adminDescription", .rank = 190 },
	{ .name = "altRecipient" },
	{ .name = "altRecipientBL", .shape = SHAPE_LIST },
	{ .name = "altSecurityIdentities", .shape = SHAPE_LIST },
	{ .name = "assistant" },
	{ .name = "audio", .kind = VALUE_BYTES, .shape = SHAPE_LIST },
	{ .name = "auditingPolicy", .kind = VALUE_BYTES },
	{ .name = "authOrig", .shape = SHAPE_LIST },
	{ .name = "authOrigBL", .shape = SHAPE_LIST },
	{ .name = "badPasswordTime" },
	{ .name = "badPwdCount" },
	{ .name = "businessCategory", .shape = SHAPE_LIST },
	{ .name = "c" },
	{ .name = "cACertificate", .kind = VALUE_BYTES, .shape = SHAPE_LIST },
	{ .name = "canonicalName", .shape = SHAPE_LIST },
	{ .name = "carLicense", .shape = SHAPE_LIST },
	{ .name = "cn", .rank = 150 },
	{ .name = "co" },
	{ .name = "codePage" },
	{ .name = "comment" },
	{ .name = "company" },
	{ .name = "countryCode" },
	{ .name = "createTimeStamp" },
	{ .name = "creationTime" },
	{ .name = "currentValue", .treat = TREAT_SECRET },
	{ .name = "dBCSPwd", .treat = TREAT_SECRET },
	{ .name = "dc" },
	{ .name = "deliverAndRedirect" },
	{ .name = "department" },
	{ .name = "departmentNumber", .shape = SHAPE_LIST },
	{ .name = "description", .rank = 360, .shape = SHAPE_LIST },
	{ .name = "directReports", .shape = SHAPE_LIST },
	{ .name = "displayName", .rank = 60 },
	{ .name = "displayNamePrintable" },
	{ .name = "distinguishedName" },
	{ .name = "division" },
	{ .name = "dLMemRejectPerms", .shape = SHAPE_LIST },
	{ .name = "dLMemRejectPermsBL", .shape = SHAPE_LIST },
	{ .name = "dLMemSubmitPerms", .shape = SHAPE_LIST },
	{ .name = "dLMemSubmitPermsBL", .shape = SHAPE_LIST },
	{ .name = "dn", .rank = 10 },
	{ .name = "dNSHostName" },
	{ .name = "dnsRoot", .shape = SHAPE_LIST },
	{ .name = "dSCorePropagationData", .shape = SHAPE_LIST },
	{ .name = "employeeID" },
	{ .name = "employeeNumber" },
	{ .name = "employeeType" },
	{ .name = "extensionAttribute1" },
	{ .name = "extensionAttribute10" },
	{ .name = "extensionAttribute11" },
	{ .name = "extensionAttribute12" },
	{ .name = "extensionAttribute13" },
	{ .name = "extensionAttribute14" },
	{ .name = "extensionAttribute15" },
	{ .name = "extensionAttribute2" },
	{ .name = "extensionAttribute3" },
	{ .name = "extensionAttribute4" },
	{ .name = "extensionAttribute5" },
	{ .name = "extensionAttribute6" },
	{ .name = "extensionAttribute7" },
	{ .name = "extensionAttribute8" },
	{ .name = "extensionAttribute9" },
	{ .name = "facsimileTelephoneNumber" },
	{ .name = "frsComputerReferenceBL", .shape = SHAPE_LIST },
	{ .name = "fSMORoleOwner" },
	{ .name = "generationQualifier" },
	{ .name = "gidNumber" },
	{ .name = "givenName", .rank = 160 },
	{ .name = "gPLink" },
	{ .name = "groupType", .rank = 180 },
	{ .name = "hideDLMembership" },
	{ .name = "homeDirectory" },
	{ .name = "homeDrive" },
	{ .name = "homeMDB" },
	{ .name = "homeMTA" },
	{ .name = "homePhone" },
	{ .name = "homePostalAddress", .shape = SHAPE_LIST },
	{ .name = "host", .shape = SHAPE_LIST },
	{ .name = "houseIdentifier", .shape = SHAPE_LIST },
	{ .name = "info" },
	{ .name = "initialAuthIncoming", .treat = TREAT_SECRET },
	{ .name = "initialAuthOutgoing", .treat = TREAT_SECRET },
	{ .name = "initials" },
	{ .name = "instanceType" },
	{ .name = "internationalISDNNumber", .shape = SHAPE_LIST },
	{ .name = "internetEncoding" },
	{ .name = "ipPhone" },
	{ .name = "isCriticalSystemObject", .rank = 200 },
	{ .name = "isDeleted", .rank = 210 },
	{ .name = "isRecycled" },
	{ .name = "jpegPhoto", .kind = VALUE_BYTES, .shape = SHAPE_LIST },
	{ .name = "l" },
	{ .name = "labeledURI", .shape = SHAPE_LIST },
	{ .name = "lastKnownParent", .rank = 220 },
	{ .name = "lastLogoff" },
	{ .name = "lastLogon" },
	{ .name = "lastLogonTimestamp" },
	{ .name = "legacyExchangeDN" },
	{ .name = "lmPwdHistory", .treat = TREAT_SECRET },
	{ .name = "localeID", .shape = SHAPE_LIST },
	{ .name = "location" },
	{ .name = "lockoutDuration" },
	{ .name = "lockoutTime" },
	{ .name = "logonCount" },
	{ .name = "logonHours", .kind = VALUE_BYTES },
	{ .name = "mail", .rank = 70 },
	{ .name = "mailNickname", .rank = 80 },
	{ .name = "managedBy" },
	{ .name = "managedObjects", .shape = SHAPE_LIST },
	{ .name = "manager" },
	{ .name = "mAPIRecipient" },
	{ .name = "masteredBy", .shape = SHAPE_LIST },
	{ .name = "maxPwdAge" },
	{ .name = "mDBUseDefaults" },
	{ .name = "member", .rank = 340, .shape = SHAPE_LIST },
	{ .name = "memberOf", .rank = 350, .shape = SHAPE_LIST },
	{ .name = "memberUid", .shape = SHAPE_LIST },
	{ .name = "mhsORAddress", .shape = SHAPE_LIST },
	{ .name = "middleName" },
	{ .name = "minPwdAge" },
	{ .name = "mobile" },
	{ .name = "modifyTimeStamp" },
	{ .name = "mS-DS-ConsistencyChildCount" },
	{ .name = "mS-DS-ConsistencyGuid", .rank = 130, .kind = VALUE_BYTES },
	{ .name = "ms-DS-CreatorSID" },
	{ .name = "ms-DS-MachineAccountQuota" },
	{ .name = "ms-Mcs-AdmPwd", .treat = TREAT_SECRET },
	{ .name = "msDFSR-ComputerReferenceBL", .shape = SHAPE_LIST },
	{ .name = "msDS-AllowedToActOnBehalfOfOtherIdentity",
	  .kind = VALUE_BYTES },
	{ .name = "msDS-AllowedToDelegateTo", .shape = SHAPE_LIST },
	{ .name = "msDS-AuthenticatedAtDC", .shape = SHAPE_LIST },
	{ .name = "msDS-AuthenticatedToAccountlist", .shape = SHAPE_LIST },
	{ .name = "msDS-Behavior-Version" },
	{ .name = "msDS-EnabledFeature", .shape = SHAPE_LIST },
	{ .name = "msDS-ExpirePasswordsOnSmartCardOnlyAccounts" },
	{ .name = "msDS-ExternalDirectoryObjectId" },
	{ .name = "msDS-GenerationId", .kind = VALUE_BYTES },
	{ .name = "msDS-GroupMSAMembership", .kind = VALUE_BYTES },
	{ .name = "msDS-HostServiceAccount", .shape = SHAPE_LIST },
	{ .name = "msDS-HostServiceAccountBL", .shape = SHAPE_LIST },
	{ .name = "msDS-KeyCredentialLink", .shape = SHAPE_LIST },
	{ .name = "msDS-LastKnownRDN" },
	{ .name = "msDS-ManagedPassword", .treat = TREAT_SECRET },
	{ .name = "msDs-masteredBy", .shape = SHAPE_LIST },
	{ .name = "msDS-MembersForAzRoleBL", .shape = SHAPE_LIST },
	{ .name = "msDS-ObjectReference", .shape = SHAPE_LIST },
	{ .name = "msDS-ObjectReferenceBL", .shape = SHAPE_LIST },
	{ .name = "msDS-ParentDistName" },
	{ .name = "msDS-preferredDataLocation" },
	{ .name = "msDS-PrincipalName" },
	{ .name = "msDS-ReplAttributeMetaData", .rank = 310,
	  .shape = SHAPE_LIST, .treat = TREAT_CUT_NUL },
	{ .name = "msDS-ReplValueMetaData", .shape = SHAPE_LIST,
	  .treat = TREAT_CUT_NUL },
	{ .name = "msDS-ResultantPSO" },
	{ .name = "msDS-RevealedDSAs", .shape = SHAPE_LIST },
	{ .name = "msDS-SourceObjectDN" },
	{ .name = "msDS-SPNSuffixes", .shape = SHAPE_LIST },
	{ .name = "msDS-SupportedEncryptionTypes" },
	{ .name = "msDS-User-Account-Control-Computed" },
	{ .name = "msDS-UserPasswordExpiryTimeComputed" },
	{ .name = "msExchAddressBookPolicyLink" },
	{ .name = "msExchALObjectVersion" },
	{ .name = "msExchArchiveAddress" },
	{ .name = "msExchArchiveDatabaseLink" },
	{ .name = "msExchArchiveGUID", .kind = VALUE_BYTES },
	{ .name = "msExchArchiveName", .shape = SHAPE_LIST },
	{ .name = "msExchArchiveStatus" },
	{ .name = "msExchAssistantName" },
	{ .name = "msExchBlockedSendersHash", .kind = VALUE_BYTES },
	{ .name = "msExchBypassModerationLink", .shape = SHAPE_LIST },
	{ .name = "msExchCapabilityIdentifiers", .shape = SHAPE_LIST },
	{ .name = "msExchCoManagedByLink", .shape = SHAPE_LIST },
	{ .name = "msExchCoManagedObjectsBL", .shape = SHAPE_LIST },
	{ .name = "msExchDelegateListBL", .shape = SHAPE_LIST },
	{ .name = "msExchDelegateListLink", .shape = SHAPE_LIST },
	{ .name = "msExchDisabledArchiveGUID", .kind = VALUE_BYTES },
	{ .name = "msExchELCMailboxFlags" },
	{ .name = "msExchEnableModeration" },
	{ .name = "msExchExtensionCustomAttribute1", .shape = SHAPE_LIST },
	{ .name = "msExchExtensionCustomAttribute2", .shape = SHAPE_LIST },
	{ .name = "msExchExtensionCustomAttribute3", .shape = SHAPE_LIST },
	{ .name = "msExchExtensionCustomAttribute4", .shape = SHAPE_LIST },
	{ .name = "msExchExtensionCustomAttribute5", .shape = SHAPE_LIST },
	{ .name = "msExchExternalDirectoryObjectId" },
	{ .name = "msExchGroupDepartRestriction" },
	{ .name = "msExchGroupJoinRestriction" },
	{ .name = "msExchHideFromAddressLists", .rank = 260 },
	{ .name = "msExchHomeServerName" },
	{ .name = "msExchImmutableId" },
	{ .name = "msExchImmutableSid", .kind = VALUE_BYTES },
	{ .name = "msExchLabeledURI", .shape = SHAPE_LIST },
	{ .name = "msExchLitigationHoldDate" },
	{ .name = "msExchLitigationHoldOwner" },
	{ .name = "msExchMailboxGuid", .kind = VALUE_BYTES },
	{ .name = "msExchMailboxSecurityDescriptor", .kind = VALUE_BYTES },
	{ .name = "msExchMailboxTemplateLink" },
	{ .name = "msExchMasterAccountHistory", .kind = VALUE_BYTES,
	  .shape = SHAPE_LIST },
	{ .name = "msExchMasterAccountSid", .rank = 270, .kind = VALUE_BYTES },
	{ .name = "msExchMobileAllowedDeviceIDs", .shape = SHAPE_LIST },
	{ .name = "msExchMobileBlockedDeviceIDs", .shape = SHAPE_LIST },
	{ .name = "msExchModeratedByLink", .shape = SHAPE_LIST },
	{ .name = "msExchModerationFlags" },
	{ .name = "msExchOriginatingForest", .shape = SHAPE_LIST },
	{ .name = "msExchPoliciesExcluded", .shape = SHAPE_LIST },
	{ .name = "msExchPoliciesIncluded", .shape = SHAPE_LIST },
	{ .name = "msExchPreviousAccountSid", .kind = VALUE_BYTES },
	{ .name = "msExchPreviousMailboxGuid", .kind = VALUE_BYTES },
	{ .name = "msExchPreviousRecipientTypeDetails" },
	{ .name = "msExchProvisioningFlags" },
	{ .name = "msExchRBACPolicyLink" },
	{ .name = "msExchRecipientDisplayType", .rank = 250 },
	{ .name = "msExchRecipientSoftDeletedStatus" },
	{ .name = "msExchRecipientTypeDetails", .rank = 230 },
	{ .name = "msExchRemoteRecipientType", .rank = 240 },
	{ .name = "msExchRequireAuthToSendTo" },
	{ .name = "msExchResourceCapacity" },
	{ .name = "msExchResourceDisplay" },
	{ .name = "msExchResourceMetaData", .shape = SHAPE_LIST },
	{ .name = "msExchResourceSearchProperties", .shape = SHAPE_LIST },
	{ .name = "msExchRetentionComment" },
	{ .name = "msExchSafeRecipientsHash", .kind = VALUE_BYTES },
	{ .name = "msExchSafeSendersHash", .kind = VALUE_BYTES },
	{ .name = "msExchSendAsAddresses", .shape = SHAPE_LIST },
	{ .name = "msExchSenderHintTranslations", .shape = SHAPE_LIST },
	{ .name = "msExchTextMessagingState", .shape = SHAPE_LIST },
	{ .name = "msExchUMAddresses", .shape = SHAPE_LIST },
	{ .name = "msExchUMDtmfMap", .shape = SHAPE_LIST },
	{ .name = "msExchUMPinChecksum", .kind = VALUE_BYTES },
	{ .name = "msExchUMSpokenName", .kind = VALUE_BYTES },
	{ .name = "msExchUsageLocation" },
	{ .name = "msExchUserAccountControl" },
	{ .name = "msExchUserBL", .shape = SHAPE_LIST },
	{ .name = "msExchUserCulture" },
	{ .name = "msExchUserHoldPolicies", .shape = SHAPE_LIST },
	{ .name = "msExchVersion" },
	{ .name = "msExchWhenMailboxCreated" },
	{ .name = "msExchWhenSoftDeletedTime" },
	{ .name = "msFVE-KeyPackage", .treat = TREAT_SECRET },
	{ .name = "msFVE-RecoveryPassword", .treat = TREAT_SECRET },
	{ .name = "msLAPS-EncryptedDSRMPassword", .treat = TREAT_SECRET },
	{ .name = "msLAPS-EncryptedDSRMPasswordHistory",
	  .treat = TREAT_SECRET },
	{ .name = "msLAPS-EncryptedPassword", .treat = TREAT_SECRET },
	{ .name = "msLAPS-EncryptedPasswordHistory", .treat = TREAT_SECRET },
	{ .name = "msLAPS-Password", .treat = TREAT_SECRET },
	{ .name = "msPKIAccountCredentials", .treat = TREAT_SECRET },
	{ .name = "msPKIDPAPIMasterKeys", .treat = TREAT_SECRET },
	{ .name = "msPKIRoamingTimeStamp", .kind = VALUE_BYTES },
	{ .name = "msRTCSIP-AcpInfo", .shape = SHAPE_LIST },
	{ .name = "msRTCSIP-DeploymentLocator" },
	{ .name = "msRTCSIP-Line" },
	{ .name = "msRTCSIP-OptionFlags" },
	{ .name = "msRTCSIP-PrimaryHomeServer" },
	{ .name = "msRTCSIP-PrimaryUserAddress" },
	{ .name = "msRTCSIP-TenantId", .kind = VALUE_BYTES },
	{ .name = "msRTCSIP-UserEnabled" },
	{ .name = "msRTCSIP-UserPolicies", .shape = SHAPE_LIST },
	{ .name = "msRTCSIP-UserRoutingGroupId", .kind = VALUE_BYTES },
	{ .name = "msSFU30Password", .treat = TREAT_SECRET },
	{ .name = "msTPM-OwnerInformation", .treat = TREAT_SECRET },
	{ .name = "name" },
	{ .name = "nCName" },
	{ .name = "nETBIOSName" },
	{ .name = "netbootGUID", .kind = VALUE_BYTES },
	{ .name = "networkAddress", .shape = SHAPE_LIST },
	{ .name = "nonSecurityMember", .shape = SHAPE_LIST },
	{ .name = "nonSecurityMemberBL", .shape = SHAPE_LIST },
	{ .name = "ntPwdHistory", .treat = TREAT_SECRET },
	{ .name = "nTSecurityDescriptor", .kind = VALUE_BYTES },
	{ .name = "o", .shape = SHAPE_LIST },
	{ .name = "objectCategory" },
	{ .name = "objectClass", .rank = 30, .shape = SHAPE_LIST },
	{ .name = "objectGUID", .rank = 20, .kind = VALUE_BYTES },
	{ .name = "objectSid", .rank = 140, .kind = VALUE_BYTES },
	{ .name = "objectVersion" },
	{ .name = "operatingSystem" },
	{ .name = "operatingSystemServicePack" },
	{ .name = "operatingSystemVersion" },
	{ .name = "otherFacsimileTelephoneNumber", .shape = SHAPE_LIST },
	{ .name = "otherHomePhone", .shape = SHAPE_LIST },
	{ .name = "otherIpPhone", .shape = SHAPE_LIST },
	{ .name = "otherLoginWorkstations", .shape = SHAPE_LIST },
	{ .name = "otherMailbox", .shape = SHAPE_LIST },
	{ .name = "otherMobile", .shape = SHAPE_LIST },
	{ .name = "otherPager", .shape = SHAPE_LIST },
	{ .name = "otherTelephone", .shape = SHAPE_LIST },
	{ .name = "otherWellKnownObjects", .shape = SHAPE_LIST },
	{ .name = "ou", .shape = SHAPE_LIST },
	{ .name = "pager" },
	{ .name = "parentGUID", .kind = VALUE_BYTES },
	{ .name = "pekList", .treat = TREAT_SECRET },
	{ .name = "personalTitle" },
	{ .name = "photo", .kind = VALUE_BYTES, .shape = SHAPE_LIST },
	{ .name = "physicalDeliveryOfficeName" },
	{ .name = "postalAddress", .shape = SHAPE_LIST },
	{ .name = "postalCode" },
	{ .name = "postOfficeBox", .shape = SHAPE_LIST },
	{ .name = "preferredDeliveryMethod", .shape = SHAPE_LIST },
	{ .name = "preferredLanguage" },
	{ .name = "primaryGroupID" },
	{ .name = "priorValue", .treat = TREAT_SECRET },
	{ .name = "profilePath" },
	{ .name = "protocolSettings", .shape = SHAPE_LIST },
	{ .name = "proxyAddresses", .rank = 90, .shape = SHAPE_LIST },
	{ .name = "publicDelegates", .shape = SHAPE_LIST },
	{ .name = "publicDelegatesBL", .shape = SHAPE_LIST },
	{ .name = "pwdLastSet", .rank = 120 },
	{ .name = "pwdProperties" },
	{ .name = "registeredAddress", .kind = VALUE_BYTES,
	  .shape = SHAPE_LIST },
	{ .name = "replicationSensitivity" },
	{ .name = "replPropertyMetaData", .rank = 320, .kind = VALUE_BYTES },
	{ .name = "replUpToDateVector", .kind = VALUE_BYTES },
	{ .name = "reportToOriginator" },
	{ .name = "reportToOwner" },
	{ .name = "rIDSetReferences", .shape = SHAPE_LIST },
	{ .name = "roomNumber", .shape = SHAPE_LIST },
	{ .name = "sAMAccountName", .rank = 40 },
	{ .name = "sAMAccountType" },
	{ .name = "sambaLMPassword", .treat = TREAT_SECRET },
	{ .name = "sambaNTPassword", .treat = TREAT_SECRET },
	{ .name = "scriptPath" },
	{ .name = "secretary", .shape = SHAPE_LIST },
	{ .name = "securityIdentifier", .kind = VALUE_BYTES },
	{ .name = "seeAlso", .shape = SHAPE_LIST },
	{ .name = "serverReferenceBL", .shape = SHAPE_LIST },
	{ .name = "servicePrincipalName", .shape = SHAPE_LIST },
	{ .name = "showInAddressBook", .shape = SHAPE_LIST },
	{ .name = "showInAdvancedViewOnly" },
	{ .name = "sIDHistory", .kind = VALUE_BYTES, .shape = SHAPE_LIST },
	{ .name = "sn", .rank = 170 },
	{ .name = "st" },
	{ .name = "street" },
	{ .name = "streetAddress" },
	{ .name = "structuralObjectClass", .shape = SHAPE_LIST },
	{ .name = "subRefs", .shape = SHAPE_LIST },
	{ .name = "supplementalCredentials", .treat = TREAT_SECRET },
	{ .name = "systemFlags" },
	{ .name = "targetAddress", .rank = 100 },
	{ .name = "telephoneAssistant" },
	{ .name = "telephoneNumber" },
	{ .name = "teletexTerminalIdentifier", .kind = VALUE_BYTES,
	  .shape = SHAPE_LIST },
	{ .name = "telexNumber", .kind = VALUE_BYTES, .shape = SHAPE_LIST },
	{ .name = "textEncodedORAddress" },
	{ .name = "thumbnailLogo", .kind = VALUE_BYTES },
	{ .name = "thumbnailPhoto", .kind = VALUE_BYTES },
	{ .name = "title" },
	{ .name = "tokenGroups", .kind = VALUE_BYTES, .shape = SHAPE_LIST },
	{ .name = "tokenGroupsGlobalAndUniversal", .kind = VALUE_BYTES,
	  .shape = SHAPE_LIST },
	{ .name = "trustAuthIncoming", .treat = TREAT_SECRET },
	{ .name = "trustAuthOutgoing", .treat = TREAT_SECRET },
	{ .name = "uid", .shape = SHAPE_LIST },
	{ .name = "uidNumber" },
	{ .name = "unauthOrig", .shape = SHAPE_LIST },
	{ .name = "unauthOrigBL", .shape = SHAPE_LIST },
	{ .name = "unicodePwd", .treat = TREAT_SECRET },
	{ .name = "unixHomeDirectory" },
	{ .name = "unixUserPassword", .treat = TREAT_SECRET },
	{ .name = "uPNSuffixes", .shape = SHAPE_LIST },
	{ .name = "url", .shape = SHAPE_LIST },
	{ .name = "userAccountControl", .rank = 110 },
	{ .name = "userCertificate", .rank = 330, .kind = VALUE_BYTES,
	  .shape = SHAPE_LIST },
	{ .name = "userParameters", .kind = VALUE_BYTES },
	{ .name = "userPassword", .treat = TREAT_SECRET },
	{ .name = "userPKCS12", .kind = VALUE_BYTES, .shape = SHAPE_LIST },
	{ .name = "userPrincipalName", .rank = 50 },
	{ .name = "userSMIMECertificate", .kind = VALUE_BYTES,
	  .shape = SHAPE_LIST },
	{ .name = "userWorkstations" },
	{ .name = "uSNChanged", .rank = 300 },
	{ .name = "uSNCreated" },
	{ .name = "wellKnownObjects", .shape = SHAPE_LIST },
	{ .name = "whenChanged", .rank = 290 },
	{ .name = "whenCreated", .rank = 280 },
	{ .name = "wWWHomePage" },
	{ .name = "x121Address", .shape = SHAPE_LIST },
};

enum {
	TABLE_COUNT = sizeof(table) / sizeof(table[0]),
	RANK_MAX = 1000,         /* above every rank of the table */
};

const struct ad_attr *
ad_attr_find(const char *name)
{
	size_t low = 0, high = TABLE_COUNT;

	while (low < high) {
		size_t mid = low + (high - low) / 2;
		int cmp = ascii_casecmp(table[mid].name, name);

		if (cmp == 0)
			return &table[mid];
		if (cmp < 0)
			low = mid + 1;
		else
			high = mid;
	}
	return NULL;
}

size_t
ad_attr_index(const struct ad_attr *a)
{
	return (size_t)(a - table);
}

size_t
ad_attr_order(const struct ad_attr *a)
{
	if (!a)
		return RANK_MAX + TABLE_COUNT;
	return a->rank ? a->rank : RANK_MAX + ad_attr_index(a);
}

size_t
ad_attr_count(void)
{
	return TABLE_COUNT;
}

const struct ad_attr *
ad_attr_at(size_t i)
{
	return &table[i];
}

static void
add_odd(struct record *r, const char *name, const char *data, size_t len)
{
	struct buf json = { 0 };

	buf_adds(&json, "{\"base64\":\"");
	base64_encode(&json, (const unsigned char *)data, len);
	buf_adds(&json, "\"}");
	record_add(r, name, VALUE_JSON, json.data, json.len);
	buf_release(&json);
}

void
ad_record_add(struct record *r, const char *name, const char *data, size_t len)
{
	const struct ad_attr *a = ad_attr_find(name);

	if (a)
		name = a->name;
	if (a && a->treat == TREAT_SECRET)
		return;
	if (a && a->treat == TREAT_CUT_NUL && len && data[len - 1] == '\0')
		len--;
	if (a && a->kind == VALUE_BYTES)
		record_add(r, name, VALUE_BYTES, data, len);
	else if (utf8_bad(data, len) < len || memchr(data, '\0', len))
		add_odd(r, name, data, len);
	else
		record_add(r, name, VALUE_TEXT, data, len);
	if (a && a->shape == SHAPE_LIST)
		record_declare(r, name, SHAPE_LIST);
}
