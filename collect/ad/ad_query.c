/* THE table of what is read of a forest. */
#include "collect/ad/ad_query.h"

#include <assert.h>
#include <string.h>

/* Every search of a section asks for the same: the manifest says so. */
#define FOREST_ASKS (ASK_PARTITION | ASK_SERVER | ASK_SCHEMA)
#define OTHER_ASKS (ASK_IDENTITY | ASK_ACCOUNT | ASK_MAIL | ASK_POLICY)

#define NAMED(x) "(lDAPDisplayName=" x ")"
/* What tells which Exchange was there, and what it left. */
#define MAIL_SCHEMA \
	"(|(objectClass=dMD)(cn=ms-Exch-Schema-Version-Pt)" \
	"(&(objectClass=attributeSchema)(|" MAIL_SCHEMA_NAMES(NAMED) ")))"

#define CLASS(x) "(objectClass=" x ")"

static const struct ad_query queries[] = {
	{ .section = AD_FOREST, .place = PLACE_CONFIG,
	  .below = "CN=Partitions,", .reach = REACH_SUBTREE,
	  .filter = "(objectClass=*)", .asks = FOREST_ASKS },
	{ .section = AD_FOREST, .place = PLACE_CONFIG, .below = "CN=Sites,",
	  .reach = REACH_SUBTREE,
	  .filter = "(|" CLASS("nTDSDSA") CLASS("server") ")",
	  .asks = FOREST_ASKS },
	{ .section = AD_FOREST, .place = PLACE_CONFIG,
	  .below = "CN=Windows NT,CN=Services,", .reach = REACH_SUBTREE,
	  .filter = "(|" CLASS("nTDSService") CLASS("queryPolicy") ")",
	  .asks = FOREST_ASKS },
	/* Names the tenant that devices of the forest join. */
	{ .section = AD_FOREST, .place = PLACE_CONFIG,
	  .below = "CN=Device Registration Configuration,CN=Services,",
	  .reach = REACH_SUBTREE, .filter = CLASS("serviceConnectionPoint"),
	  .asks = FOREST_ASKS },
	{ .section = AD_FOREST, .place = PLACE_SCHEMA, .below = "",
	  .reach = REACH_SUBTREE, .filter = MAIL_SCHEMA,
	  .asks = FOREST_ASKS },
	{ .section = AD_EXCHANGE, .place = PLACE_CONFIG,
	  .below = "CN=Microsoft Exchange,CN=Services,",
	  .reach = REACH_SUBTREE,
	  .filter = "(|" CLASS("msExchConfigurationContainer")
	            CLASS("msExchOrganizationContainer")
	            CLASS("msExchExchangeServer") CLASS("msExchMDB")
	            CLASS("msExchPFTree")
	            CLASS("msExchAcceptedDomain")
	            CLASS("msExchDomainContentConfig")
	            CLASS("msExchRecipientPolicy")
	            CLASS("msExchCoexistenceRelationship")
	            CLASS("msExchFedTrust")
	            CLASS("msExchFedSharingRelationship")
	            CLASS("msExchIntraOrganizationConnector")
	            CLASS("msExchRoutingSMTPConnector")
	            CLASS("msExchSmtpReceiveConnector")
	            CLASS("serviceConnectionPoint") ")",
	  .asks = ASK_EXCHANGE },
	{ .section = AD_CONTAINERS, .place = PLACE_DOMAIN, .below = "",
	  .reach = REACH_SUBTREE,
	  .filter = "(|" CLASS("organizationalUnit") CLASS("container")
	            CLASS("builtinDomain") CLASS("domainDNS")
	            CLASS("msExchSystemObjectsContainer") ")",
	  .asks = ASK_CONTAINER },
	{ .section = AD_USERS, .place = PLACE_DOMAIN, .below = "",
	  .reach = REACH_SUBTREE,
	  .filter = "(&(objectCategory=person)(objectClass=user))",
	  .asks = ASK_IDENTITY | ASK_ACCOUNT | ASK_MAIL | ASK_MAILBOX |
	          ASK_PERSON | ASK_TELEPHONY },
	{ .section = AD_CONTACTS, .place = PLACE_DOMAIN, .below = "",
	  .reach = REACH_SUBTREE,
	  .filter = "(&(objectCategory=person)(objectClass=contact))",
	  .asks = ASK_IDENTITY | ASK_MAIL | ASK_PERSON },
	{ .section = AD_GROUPS, .place = PLACE_DOMAIN, .below = "",
	  .reach = REACH_SUBTREE, .filter = CLASS("group"),
	  .asks = ASK_IDENTITY | ASK_MEMBERS | ASK_MAIL },
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
	  .asks = ASK_IDENTITY | ASK_ACCOUNT | ASK_MACHINE },
	/* What else has addresses that must be unique, and service accounts. */
	{ .section = AD_OTHER, .place = PLACE_DOMAIN, .below = "",
	  .reach = REACH_SUBTREE,
	  .filter = "(|" CLASS("msExchDynamicDistributionList")
	            CLASS("publicFolder")
	            CLASS("msDS-GroupManagedServiceAccount")
	            CLASS("msDS-ManagedServiceAccount") ")",
	  .asks = OTHER_ASKS },
	/* Whether AD refuses changes of what Cloud Sync writes. */
	{ .section = AD_OTHER, .place = PLACE_DOMAIN,
	  .below = "CN=SOA-Policies,CN=System,", .reach = REACH_SUBTREE,
	  .filter = "(cn=Cloud)", .asks = OTHER_ASKS },
	{ .section = AD_DELETED, .place = PLACE_DOMAIN,
	  .below = "CN=Deleted Objects,", .reach = REACH_SUBTREE,
	  .deleted = DELETED_SHOWN,
	  .filter = "(&(isDeleted=TRUE)(|" CLASS("user") CLASS("contact")
	            CLASS("group") "))",
	  .asks = ASK_IDENTITY | ASK_ACCOUNT | ASK_MAIL | ASK_TOMBSTONE },
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

	for (i = 0; i < ad_attr_count(); i++) {
		const struct ad_attr *a = ad_attr_at(i);

		if (!(a->ask & (q->asks | ASK_ANY)))
			continue;
		assert(n + 1 < AD_ATTRIBUTES_MAX);
		names[n++] = a->name;
	}
	names[n] = NULL;
	i = find(names, n, "member");
	if (dialect.ranges == RANGES_ASKED && i < n)
		names[i] = "member;range=0-1499";
	i = find(names, n, "replPropertyMetaData");
	if (dialect.stamps == STAMPS_COMPUTED && i < n)
		names[i] = "msDS-ReplAttributeMetaData";
}
