/* THE table of what is read of a forest. */
#include "collect/ad/ad_query.h"

#include <assert.h>
#include <string.h>

/*
 * Attributes. What synchronization carries to the tenant by default, from the
 * rules that Entra Connect exports, and what tells of an object's life.
 */
static const char *const identity[] = {
	"objectGUID", "objectClass", "objectSid", "cn", "name", "displayName",
	"description", "adminDescription", "isCriticalSystemObject",
	"mS-DS-ConsistencyGuid", "whenCreated", "whenChanged", "uSNChanged",
	"uSNCreated", "replPropertyMetaData", "sIDHistory", NULL
};

static const char *const account[] = {
	"sAMAccountName", "sAMAccountType", "userPrincipalName",
	"userAccountControl", "pwdLastSet", "accountExpires", "lockoutTime",
	"lastLogonTimestamp", "primaryGroupID", "adminCount",
	"servicePrincipalName", NULL
};

static const char *const mail[] = {
	"mail", "mailNickname", "proxyAddresses", "targetAddress",
	"legacyExchangeDN", "extensionAttribute1", "extensionAttribute2",
	"extensionAttribute3", "extensionAttribute4", "extensionAttribute5",
	"extensionAttribute6", "extensionAttribute7", "extensionAttribute8",
	"extensionAttribute9", "extensionAttribute10", "extensionAttribute11",
	"extensionAttribute12", "extensionAttribute13", "extensionAttribute14",
	"extensionAttribute15", "msExchRecipientTypeDetails",
	"msExchRecipientDisplayType", "msExchHideFromAddressLists",
	"msExchRequireAuthToSendTo", "msExchPoliciesIncluded",
	"msExchPoliciesExcluded", "msExchModeratedByLink",
	"msExchEnableModeration", "authOrig", "unauthOrig",
	"dLMemRejectPerms", "dLMemSubmitPerms", "msExchVersion",
	"msDS-ExternalDirectoryObjectId", NULL
};

static const char *const mailbox[] = {
	"homeMDB", "msExchHomeServerName", "msExchMailboxGuid",
	"msExchArchiveGUID", "msExchArchiveName", "msExchArchiveStatus",
	"msExchRemoteRecipientType", "msExchMasterAccountSid",
	"msExchELCMailboxFlags", "msExchUserHoldPolicies",
	"msExchLitigationHoldDate", "msExchDelegateListLink",
	"msExchUsageLocation", "altRecipient", "deliverAndRedirect",
	"publicDelegates", "msExchResourceMetaData",
	"msExchResourceCapacity", "msExchUserAccountControl", NULL
};

static const char *const person[] = {
	"givenName", "sn", "initials", "middleName", "title", "department",
	"company", "physicalDeliveryOfficeName", "streetAddress", "l", "st",
	"postalCode", "postOfficeBox", "c", "co", "countryCode",
	"telephoneNumber", "mobile", "homePhone", "pager",
	"facsimileTelephoneNumber", "ipPhone", "otherTelephone",
	"otherMobile", "otherHomePhone", "otherPager",
	"otherFacsimileTelephoneNumber", "otherIpPhone", "info", "url",
	"wWWHomePage", "manager", "telephoneAssistant",
	"employeeID", "employeeNumber", "employeeType", "preferredLanguage",
	"otherMailbox", "userCertificate", NULL
};

static const char *const telephony[] = {
	"msRTCSIP-PrimaryUserAddress", "msRTCSIP-Line",
	"msRTCSIP-UserEnabled", "msRTCSIP-DeploymentLocator",
	"msRTCSIP-OptionFlags", NULL
};

static const char *const members[] = {
	"sAMAccountName", "sAMAccountType", "groupType", "member",
	"managedBy", "hideDLMembership", "reportToOriginator",
	"reportToOwner", "oOFReplyToOriginator", "msExchCoManagedByLink",
	"info", NULL
};

static const char *const machine[] = {
	"dNSHostName", "operatingSystem", "operatingSystemVersion",
	"userCertificate", "serverReferenceBL", NULL
};

static const char *const container[] = {
	"objectGUID", "objectClass", "objectSid", "cn", "ou", "dc", "name",
	"displayName", "description", "isCriticalSystemObject",
	"objectVersion", "systemFlags", "msDS-Behavior-Version",
	"maxPwdAge", "lockoutDuration", "whenCreated", "whenChanged",
	"uSNChanged", "replPropertyMetaData", NULL
};

static const char *const tombstone[] = {
	"isDeleted", "isRecycled", "lastKnownParent", "msDS-LastKnownRDN",
	NULL
};

static const char *const setting[] = {
	"objectGUID", "objectClass", "cn", "name", "displayName",
	"whenCreated", "whenChanged", "uSNChanged", NULL
};

static const char *const partition[] = {
	"nCName", "dnsRoot", "nETBIOSName", "trustParent", "systemFlags",
	"uPNSuffixes", "msDS-SPNSuffixes", "msDS-Behavior-Version",
	"msDS-EnabledFeature", "fSMORoleOwner", NULL
};

static const char *const server[] = {
	"dNSHostName", "serverReference", "invocationId", "options",
	"msDS-Behavior-Version", "msDS-hasMasterNCs", "objectVersion",
	"fSMORoleOwner", "tombstoneLifetime", "msDS-DeletedObjectLifetime",
	"lDAPAdminLimits", "keywords", NULL
};

static const char *const schema[] = {
	"lDAPDisplayName", "attributeID", "attributeSyntax",
	"isSingleValued", "msDS-IntId", "searchFlags", "rangeUpper",
	"isMemberOfPartialAttributeSet", "objectVersion", "fSMORoleOwner",
	NULL
};

static const char *const exchange[] = {
	"objectVersion", "serialNumber", "versionNumber",
	"msExchCurrentServerRoles", "networkAddress", "msExchProductID",
	"msExchAcceptedDomainName", "msExchAcceptedDomainFlags",
	"gatewayProxy", "purportedSearch", "msExchPolicyOrder", "domainName",
	"msExchDomainContentConfigFlags", "msExchOwningServer",
	"msExchEDBFile", "msExchMasterServerOrAvailabilityGroup",
	"keywords", "serviceBindingInformation", "legacyExchangeDN",
	"msExchVersion", NULL
};

#define LISTS(...) \
	(const char *const *const []){ __VA_ARGS__, NULL }

/* Every search of a section asks for the same: the manifest says so. */
#define FOREST_LISTS LISTS(setting, partition, server, schema)

/* The attributes whose being in the schema tells which Exchange was there. */
#define NAMED(x) "(lDAPDisplayName=" x ")"
#define MAIL_SCHEMA \
	"(|(objectClass=dMD)(cn=ms-Exch-Schema-Version-Pt)" \
	"(&(objectClass=attributeSchema)(|" NAMED("mail") \
	NAMED("mailNickname") NAMED("proxyAddresses") \
	NAMED("targetAddress") NAMED("legacyExchangeDN") \
	NAMED("extensionAttribute1") NAMED("homeMDB") \
	NAMED("msExchMailboxGuid") NAMED("msExchRecipientTypeDetails") \
	NAMED("msExchRecipientDisplayType") \
	NAMED("msExchRemoteRecipientType") \
	NAMED("msExchHideFromAddressLists") NAMED("msExchArchiveGUID") \
	NAMED("msExchUserHoldPolicies") NAMED("publicDelegates") \
	NAMED("mS-DS-ConsistencyGuid") \
	NAMED("msDS-ExternalDirectoryObjectId") \
	NAMED("msDS-cloudExtensionAttribute1") ")))"

#define CLASS(x) "(objectClass=" x ")"

static const struct ad_query queries[] = {
	{ .section = AD_FOREST, .place = PLACE_CONFIG,
	  .below = "CN=Partitions,", .reach = REACH_SUBTREE,
	  .filter = "(objectClass=*)", .lists = FOREST_LISTS },
	{ .section = AD_FOREST, .place = PLACE_CONFIG, .below = "CN=Sites,",
	  .reach = REACH_SUBTREE,
	  .filter = "(|" CLASS("nTDSDSA") CLASS("server") ")",
	  .lists = FOREST_LISTS },
	{ .section = AD_FOREST, .place = PLACE_CONFIG,
	  .below = "CN=Windows NT,CN=Services,", .reach = REACH_SUBTREE,
	  .filter = "(|" CLASS("nTDSService") CLASS("queryPolicy") ")",
	  .lists = FOREST_LISTS },
	/* Names the tenant that devices of the forest join. */
	{ .section = AD_FOREST, .place = PLACE_CONFIG,
	  .below = "CN=Device Registration Configuration,CN=Services,",
	  .reach = REACH_SUBTREE, .filter = CLASS("serviceConnectionPoint"),
	  .lists = FOREST_LISTS },
	{ .section = AD_FOREST, .place = PLACE_SCHEMA, .below = "",
	  .reach = REACH_SUBTREE, .filter = MAIL_SCHEMA,
	  .lists = FOREST_LISTS },
	{ .section = AD_EXCHANGE, .place = PLACE_CONFIG,
	  .below = "CN=Microsoft Exchange,CN=Services,",
	  .reach = REACH_SUBTREE,
	  .filter = "(|" CLASS("msExchConfigurationContainer")
	            CLASS("msExchOrganizationContainer")
	            CLASS("msExchExchangeServer") CLASS("msExchMDB")
	            CLASS("msExchAcceptedDomain")
	            CLASS("msExchDomainContentConfig")
	            CLASS("msExchRecipientPolicy")
	            CLASS("msExchCoexistenceRelationship")
	            CLASS("msExchFedTrust")
	            CLASS("msExchFedSharingRelationship")
	            CLASS("msExchIntraOrganizationConnector")
	            CLASS("msExchRoutingSMTPConnector")
	            CLASS("serviceConnectionPoint") ")",
	  .lists = LISTS(setting, exchange) },
	{ .section = AD_CONTAINERS, .place = PLACE_DOMAIN, .below = "",
	  .reach = REACH_SUBTREE,
	  .filter = "(|" CLASS("organizationalUnit") CLASS("container")
	            CLASS("builtinDomain") CLASS("domainDNS")
	            CLASS("msExchSystemObjectsContainer") ")",
	  .lists = LISTS(container) },
	{ .section = AD_USERS, .place = PLACE_DOMAIN, .below = "",
	  .reach = REACH_SUBTREE,
	  .filter = "(&(objectCategory=person)(objectClass=user))",
	  .lists = LISTS(identity, account, mail, mailbox, person,
	                 telephony) },
	{ .section = AD_CONTACTS, .place = PLACE_DOMAIN, .below = "",
	  .reach = REACH_SUBTREE,
	  .filter = "(&(objectCategory=person)(objectClass=contact))",
	  .lists = LISTS(identity, mail, person) },
	{ .section = AD_GROUPS, .place = PLACE_DOMAIN, .below = "",
	  .reach = REACH_SUBTREE, .filter = CLASS("group"),
	  .lists = LISTS(identity, members, mail) },
	/*
	 * Domain controllers, computers for hybrid join, and the one that
	 * stands for seamless sign-on.
	 */
	{ .section = AD_COMPUTERS, .place = PLACE_DOMAIN, .below = "",
	  .reach = REACH_SUBTREE,
	  .filter = "(&(objectClass=computer)"
	            "(!(objectClass=msDS-GroupManagedServiceAccount))"
	            "(!(objectClass=msDS-ManagedServiceAccount))"
	            "(|(userCertificate=*)(primaryGroupID=516)"
	            "(primaryGroupID=521)"
	            "(userAccountControl:1.2.840.113556.1.4.803:=8192)"
	            "(sAMAccountName=AZUREADSSOACC$)))",
	  .lists = LISTS(identity, account, machine) },
	/* What else has addresses that must be unique, and service accounts. */
	{ .section = AD_OTHER, .place = PLACE_DOMAIN, .below = "",
	  .reach = REACH_SUBTREE,
	  .filter = "(|" CLASS("msExchDynamicDistributionList")
	            CLASS("publicFolder")
	            CLASS("msDS-GroupManagedServiceAccount")
	            CLASS("msDS-ManagedServiceAccount") ")",
	  .lists = LISTS(identity, account, mail) },
	{ .section = AD_DELETED, .place = PLACE_DOMAIN,
	  .below = "CN=Deleted Objects,", .reach = REACH_SUBTREE,
	  .deleted = DELETED_SHOWN,
	  .filter = "(&(isDeleted=TRUE)(|" CLASS("user") CLASS("contact")
	            CLASS("group") "))",
	  .lists = LISTS(identity, account, mail, tombstone) },
};

size_t
ad_query_count(void)
{
	return sizeof(queries) / sizeof(queries[0]);
}

const struct ad_query *
ad_query_at(size_t i)
{
	return &queries[i];
}

static size_t
find(const char *const *names, size_t n, const char *name)
{
	size_t i = 0;

	while (i < n && strcmp(names[i], name) != 0)
		i++;
	return i;
}

void
ad_query_attributes(const struct ad_query *q, struct ad_dialect dialect,
                    const char *names[AD_ATTRIBUTES_MAX])
{
	size_t n = 0, i;

	for (size_t l = 0; q->lists[l]; l++)
		for (i = 0; q->lists[l][i]; i++) {
			const char *name = q->lists[l][i];

			if (find(names, n, name) < n)
				continue;
			assert(n + 1 < AD_ATTRIBUTES_MAX);
			names[n++] = name;
		}
	names[n] = NULL;
	i = find(names, n, "member");
	if (dialect.ranges == RANGES_ASKED && i < n)
		names[i] = "member;range=0-1499";
	i = find(names, n, "replPropertyMetaData");
	if (dialect.stamps == STAMPS_COMPUTED && i < n)
		names[i] = "msDS-ReplAttributeMetaData";
}
