/* THE table of who reads: the rules, in the order of the catalogue. */
#include "collect/schema/reads.h"

#define IN(...) .sections = { { __VA_ARGS__ } }
#define USERS IN([AD_USERS] = true)
#define CONTACTS IN([AD_CONTACTS] = true)
#define PEOPLE IN([AD_USERS] = true, [AD_CONTACTS] = true)
#define MEMBERS IN([AD_USERS] = true, [AD_GROUPS] = true)
#define ACCOUNTS IN([TENANT_USERS] = true, [TENANT_GROUPS] = true, \
                    [TENANT_CONTACTS] = true)
#define RECIPIENTS IN([AD_USERS] = true, [AD_GROUPS] = true, \
                      [AD_CONTACTS] = true)
/* And what is mailed to, but never synchronized. */
#define MAILED IN([AD_USERS] = true, [AD_GROUPS] = true, \
                  [AD_CONTACTS] = true, [AD_OTHER] = true)
#define ADDRESSES .each = { "mail", "proxyAddresses", "targetAddress" }

static const struct reader table[] = {
	{ "primary-onmicrosoft",
	  IN([TENANT_USERS] = true, [TENANT_GROUPS] = true,
	     [TENANT_CONTACTS] = true),
	  .any = { "mail", "proxyAddresses" } },
	{ "primary-onmicrosoft-forecast", RECIPIENTS,
	  { "userPrincipalName", "mail", "proxyAddresses" } },
	{ "contact-mail-missing", CONTACTS, { "mail", "proxyAddresses" } },
	{ "mail-missing", USERS, { "mail", "proxyAddresses" },
	  .each = { "mail", "msExchRecipientTypeDetails", "mailNickname",
	            "targetAddress" } },
	{ "proxy-no-primary", MAILED, { "proxyAddresses" } },
	{ "proxy-several-primaries", MAILED, { "proxyAddresses" } },
	{ "proxy-malformed", MAILED, { "proxyAddresses" } },
	{ "mail-malformed", MAILED, { "mail" } },
	{ "mail-not-primary", RECIPIENTS, { "mail", "proxyAddresses" } },
	{ "address-rewritten", RECIPIENTS, { "mail", "proxyAddresses" } },
	{ "target-malformed", RECIPIENTS, { "targetAddress" } },
	{ "displayname-missing", RECIPIENTS, { "displayName" } },
	{ "mailnickname-missing", RECIPIENTS, { "mailNickname" },
	  .any = { "msExchRemoteRecipientType",
	           "msExchRecipientTypeDetails" } },
	{ "hidden-without-nickname", RECIPIENTS,
	  { "mailNickname", "msExchHideFromAddressLists" } },
	{ "mailnickname-malformed", MAILED, { "mailNickname" } },
	{ "moved-out-of-scope", RECIPIENTS },
	{ "group-members-lost", IN([AD_GROUPS] = true), { "dn", "member" } },
	{ .rule = "cloud-sync-limits" },
	{ "returned-to-scope", USERS, { "pwdLastSet" } },
	{ "disabled-then-enabled", USERS, { "pwdLastSet" },
	  .any = { "userAccountControl", "Enabled" } },
	{ "inetorgperson-password", USERS, { "objectClass" } },
	{ "password-differs", USERS, { "pwdLastSet" },
	  .any = { "userAccountControl", "Enabled" }, .matches = true },
	{ "system-account", USERS, { "sAMAccountName" } },
	{ "account-missing", USERS, { "objectGUID" }, .matches = true },
	{ "enabled-differs", USERS,
	  .any = { "userAccountControl", "Enabled" }, .matches = true },
	{ "upn-malformed", USERS, { "userPrincipalName" } },
	{ "proxy-duplicate", MAILED, { "proxyAddresses" } },
	{ "upn-suffix-unverified", USERS, { "userPrincipalName" } },
	{ "upn-onmicrosoft-forecast", USERS, { "userPrincipalName" } },
	{ "upn-changes", USERS, { "userPrincipalName" }, .matches = true },
	{ "upn-held-back", USERS, { "userPrincipalName" }, .matches = true },
	{ "upn-conflict", USERS, { "userPrincipalName" }, .matches = true },
	{ "upn-missing", USERS, { "userPrincipalName" } },
	{ "upn-suffix-nonroutable", USERS, { "userPrincipalName" } },
	{ "proxy-unroutable", RECIPIENTS, { "proxyAddresses" } },
	{ "mail-unroutable", RECIPIENTS, { "mail", "proxyAddresses" } },
	{ "target-unroutable", RECIPIENTS,
	  { "proxyAddresses", "targetAddress" } },
	{ "domain-unverified-in-use", MEMBERS,
	  { "userPrincipalName", "proxyAddresses" } },
	{ "domain-federated", USERS, { "userPrincipalName" },
	  .matches = true },
	{ .rule = "domain-default-initial" },
	{ "soft-match", RECIPIENTS, .matches = true },
	{ "proxy-conflict", RECIPIENTS, { "proxyAddresses" },
	  .matches = true },
	{ "address-lost", RECIPIENTS, { "proxyAddresses" }, .matches = true },
	{ "orphan", IN([TENANT_USERS] = true, [TENANT_GROUPS] = true),
	  { "onPremisesSyncEnabled" }, .matches = true },
	{ "cloud-managed-differs", RECIPIENTS, .matches = true },
	{ "match-blocked", RECIPIENTS, .matches = true },
	{ "anchor-left-over", USERS, { "objectGUID" }, .matches = true },
	{ "hard-match", USERS, .matches = true },
	{ "former-account", USERS, .matches = true },
	{ "anchor-shared", USERS, { "mS-DS-ConsistencyGuid" } },
	{ "group-anchor-shared", IN([AD_GROUPS] = true),
	  { "mS-DS-ConsistencyGuid" } },
	{ "joined-both-enabled", USERS, { "mail" },
	  .any = { "userAccountControl", "Enabled" } },
	{ "anchor-differs", USERS, { "objectGUID" }, .matches = true },
	{ "linked-without-master", USERS,
	  { "msExchRecipientTypeDetails", "msExchMasterAccountSid" } },
	{ "two-mailboxes", USERS,
	  .any = { "msExchRecipientTypeDetails", "homeMDB" },
	  .each = { "msExchRecipientTypeDetails", "homeMDB",
	            "msExchMailboxGuid" }, .matches = true },
	{ "mailbox-mark-left", USERS,
	  { "proxyAddresses", "msExchRecipientTypeDetails",
	    "msExchRemoteRecipientType" },
	  .each = { "mailNickname", "proxyAddresses" } },
	{ "sync-error", ACCOUNTS, .each = { "onPremisesProvisioningErrors" } },
	{ "service-error", ACCOUNTS, .each = { "serviceProvisioningErrors" } },
	{ "value-not-synchronized", RECIPIENTS, .matches = true },
	{ "idfix-displayname", RECIPIENTS, { "displayName" },
	  .seldom = true },
	{ "idfix-givenname", PEOPLE, { "givenName" },
	  .seldom = true },
	{ "idfix-mail", RECIPIENTS, { "mail" },
	  .seldom = true },
	{ "idfix-mailnickname", RECIPIENTS, { "mailNickname" },
	  .seldom = true },
	{ "idfix-proxyaddresses", RECIPIENTS, { "proxyAddresses" },
	  .seldom = true },
	{ "idfix-samaccountname", MEMBERS,
	  { "sAMAccountName", "userPrincipalName" },
	  .seldom = true },
	{ "idfix-targetaddress", RECIPIENTS, { "targetAddress" },
	  .seldom = true },
	{ "idfix-userprincipalname", USERS, { "userPrincipalName" },
	  .seldom = true },
	{ .rule = "sync-stale" },
	{ .rule = "sync-off-leftovers", .matches = true },
	{ .rule = "restore-deadline" },
	{ .rule = "matching-open", .matches = true },
	{ .rule = "remap-bypass-on" },
	{ .rule = "upn-updates-off" },
	{ .rule = "password-sync-off" },
	{ .rule = "cloud-passwords-never-expire" },
	{ .rule = "deletes-over-threshold", .matches = true },
	{ .rule = "engine-stopped" },
	{ .rule = "engine-unsupported" },
	{ .rule = "engine-vulnerable" },
	{ .rule = "engine-too-old-soa", .matches = true },
	{ .rule = "anchor-objectguid" },
	{ .rule = "sync-suspended" },
	{ .rule = "filter-group-used" },
	{ .rule = "threshold-off" },
	{ .rule = "exchange-out-of-support" },
	{ "admin-synced", IN([TENANT_USERS] = true),
	  { "onPremisesSyncEnabled" } },
	{ "sync-account-left", IN([TENANT_USERS] = true),
	  { "userPrincipalName" } },
	{ "cloud-enforced", RECIPIENTS, { "msDS-ObjectSoa" } },
	{ "former-hard-match", USERS, { "mS-DS-ConsistencyGuid" },
	  .matches = true },
	{ "policy-rewrites", RECIPIENTS,
	  { "mail", "proxyAddresses", "msExchPoliciesIncluded",
	    "msExchPoliciesExcluded" } },
	{ "address-duplicate", MAILED, { "mail", "proxyAddresses" },
	  .each = { "proxyAddresses", "userPrincipalName",
	            "targetAddress", "displayName" } },
	{ "upn-duplicate", USERS, { "userPrincipalName" } },
	{ "filtered-holder", RECIPIENTS, { "mail", "proxyAddresses" },
	  .each = { "proxyAddresses", "userPrincipalName",
	            "targetAddress", "displayName" } },
	{ "nickname-duplicate", RECIPIENTS, { "mailNickname" } },
	{ "sid-shared", IN([AD_USERS] = true, [AD_GROUPS] = true),
	  { "objectSid" } },
	{ "exchange-guid-shared", USERS,
	  .each = { "msExchMailboxGuid", "msExchArchiveGUID" } },
	{ "conflict-object", RECIPIENTS, .any = { "dn", "cn" } },
	{ "contact-is-user", IN([AD_CONTACTS] = true), { "mail" } },
	{ "address-held-by-deleted", RECIPIENTS, { "mail", "proxyAddresses" } },
	{ "guest-holds-address", IN([TENANT_USERS] = true), { "userType" },
	  .any = { "mail", "proxyAddresses" } },
	{ "value-edge-space", MAILED,
	  .each = { "userPrincipalName", "mail", "mailNickname",
	            "proxyAddresses", "targetAddress" } },
	{ "proxy-diacritics", MAILED, ADDRESSES },
	{ "proxy-idn", MAILED, ADDRESSES },
	{ "address-too-long", MAILED, ADDRESSES },
	{ "address-part-too-long", MAILED, ADDRESSES },
	{ "upn-too-long", USERS, { "userPrincipalName" } },
	{ "nickname-too-long", MAILED, { "mailNickname" } },
	{ "name-too-long", MAILED,
	  .each = { "displayName", "givenName", "sn" } },
	{ "proxy-repeated", MAILED, { "proxyAddresses" } },
	{ "proxy-too-many", MAILED, { "proxyAddresses" } },
	{ "certificates-too-many", IN([AD_USERS] = true, [AD_CONTACTS] = true),
	  .each = { "userCertificate", "userSMIMECertificate" } },
	{ "sam-invalid", USERS, { "sAMAccountName", "userPrincipalName" } },
	{ "proxy-reserved", MAILED, { "proxyAddresses" } },
	{ "recipient-inconsistent", USERS, { "msExchRecipientTypeDetails" },
	  .each = { "targetAddress", "homeMDB", "msExchMailboxGuid",
	            "msExchRemoteRecipientType",
	            "msExchRecipientDisplayType", "proxyAddresses" } },
	{ "delegate-display-type", USERS,
	  { "msExchRecipientTypeDetails", "msExchRecipientDisplayType" } },
	{ "routing-address-missing", USERS,
	  { "proxyAddresses", "msExchRecipientTypeDetails" },
	  .each = { "homeMDB", "targetAddress", "mailNickname",
	            "proxyAddresses" } },
	{ "remote-no-twin", USERS, { "msExchRecipientTypeDetails" },
	  .matches = true },
	{ "licence-no-mailbox", IN([TENANT_USERS] = true),
	  { "onPremisesSyncEnabled", "assignedPlans" } },
	{ "mailbox-no-licence", IN([TENANT_USERS] = true),
	  { "assignedPlans" } },
	{ .rule = "scp-left" },
	{ "expired-still-open", USERS, { "accountExpires" },
	  .any = { "userAccountControl", "Enabled" } },
	{ "password-must-change", USERS, { "pwdLastSet" },
	  .any = { "userAccountControl", "Enabled" }, .matches = true },
	{ "smartcard-only", USERS, { "userAccountControl" } },
	{ "stale", USERS,
	  { "lastLogonTimestamp", "msExchRecipientTypeDetails" },
	  .any = { "userAccountControl", "Enabled" } },
	{ "service-account-in-scope", USERS, { "sAMAccountName" },
	  .each = { "servicePrincipalName", "userAccountControl" } },
	{ "shared-turns-back", USERS, { "msExchRecipientTypeDetails" },
	  .matches = true },
	{ "disabled-with-mailbox", USERS,
	  { "msExchRecipientTypeDetails", "msExchMasterAccountSid" },
	  .any = { "userAccountControl", "Enabled" } },
	{ "shared-enabled", USERS, { "msExchRecipientTypeDetails" },
	  .any = { "userAccountControl", "Enabled" } },
	{ "group-too-large", IN([AD_GROUPS] = true), { "member" } },
	{ "group-not-universal", IN([AD_GROUPS] = true),
	  { "proxyAddresses", "groupType" },
	  .any = { "msExchRecipientTypeDetails", "mailNickname" } },
	{ "group-no-owner", IN([AD_GROUPS] = true), { "managedBy" },
	  .any = { "mail", "proxyAddresses" } },
	{ "group-dynamic", IN([AD_OTHER] = true), { "objectClass" },
	  .any = { "mail", "proxyAddresses" } },
	{ "public-folder-mail", IN([AD_OTHER] = true), { "objectClass" },
	  .any = { "mail", "proxyAddresses" } },
	{ "mail-cleared", RECIPIENTS,
	  .each = { "mail", "proxyAddresses", "mailNickname" } },
	{ "broken-again", RECIPIENTS, { "mail", "proxyAddresses" } },
	{ "restored", RECIPIENTS },
	{ "group-shrunk", IN([AD_GROUPS] = true), { "member" } },
	{ .rule = "snapshots-too-far" },
	{ "licence-removed", IN([TENANT_USERS] = true), { "assignedPlans" },
	  .any = { "mail", "proxyAddresses" } },
	{ "licence-error", IN([TENANT_USERS] = true),
	  { "licenseAssignmentStates" } },
	{ "usagelocation-missing", IN([TENANT_USERS] = true),
	  { "usageLocation", "licenseAssignmentStates" } },
	{ "sip-malformed", USERS, { "proxyAddresses" } },
	{ "upn-differs-from-primary", USERS,
	  { "userPrincipalName", "mail", "proxyAddresses",
	    "userAccountControl", "adminCount",
	    "msExchRecipientTypeDetails" } },
	{ "primary-not-company", MEMBERS,
	  { "mail", "proxyAddresses", "msExchRecipientTypeDetails" } },
	{ "target-upper-smtp", USERS,
	  { "proxyAddresses", "targetAddress", "msExchRecipientTypeDetails",
	    "msExchPoliciesIncluded", "msExchPoliciesExcluded" } },
	{ "exo-default-too-early", IN([AD_USERS] = true),
	  { "msExchRecipientTypeDetails", "whenCreated" } },
	{ "x500-missing", RECIPIENTS,
	  { "proxyAddresses", "legacyExchangeDN" } },
	{ "sync-on-dc", USERS,
	  { "sAMAccountName", "lastLogonTimestamp" } },
	{ "re-created", MEMBERS, { "sAMAccountName", "whenCreated" } },
	/* What the last server of Exchange is kept for. */
	{ .rule = "exchange-organization-read" },
	{ .rule = "exchange-hybrid-leftovers" },
	{ .rule = "exchange-autodiscover-scp" },
	{ .rule = "exchange-one-server" },
	{ .rule = "exchange-target-delivery-domain" },
	{ .rule = "exchange-management-tools-prepared" },
	{ "exchange-mailboxes-moved", USERS,
	  .each = { "msExchRecipientTypeDetails", "homeMDB" } },
	{ "exchange-archives-moved", USERS, { "msExchArchiveDatabaseLink" } },
	{ "exchange-public-folders-moved", USERS,
	  { "msExchRecipientTypeDetails" } },
	{ "exchange-remote-mailbox-twins", USERS,
	  { "msExchRecipientTypeDetails" }, .matches = true },
	{ "exchange-system-mailboxes", USERS,
	  .each = { "msExchRecipientTypeDetails", "homeMDB" } },
	{ "exchange-address-policies", RECIPIENTS,
	  { "msExchPoliciesIncluded", "msExchPoliciesExcluded" } },
	{ "exchange-mailboxes-cloud-managed", IN([TENANT_USERS] = true) },
	{ "exchange-groups-contacts-cloud-managed",
	  IN([TENANT_GROUPS] = true, [TENANT_CONTACTS] = true),
	  { "onPremisesSyncEnabled" } },
	{ .rule = "exchange-sync-off" },
	{ .rule = "exchange-sync-on" },
	{ .rule = "exchange-engine-version" },
	{ .rule = "exchange-cloud-managed-default" },
	{ .rule = "exchange-no-relay" },
	{ .rule = "exchange-mail-routing-cloud" },
	{ .rule = "exchange-no-recipient-auditing" },
};

enum {
	ROWS = sizeof(table) / sizeof(table[0]),
	READS = sizeof(table[0].reads) / sizeof(table[0].reads[0]),
	ANY = sizeof(table[0].any) / sizeof(table[0].any[0]),
	EACH = sizeof(table[0].each) / sizeof(table[0].each[0]),
};

size_t
readers_count(void)
{
	return ROWS;
}

const struct reader *
readers_at(size_t i)
{
	return i < ROWS ? &table[i] : NULL;
}

static bool
is_lost(enum section s, const char *name, const bool *lacks)
{
	const struct reads *r = reads_find(s, name);

	return r && lacks[reads_number(r)];
}

static bool
is_stopped(const struct reader *r, enum section s, const bool *lacks)
{
	bool any = r->any[0] != NULL, each = r->each[0] != NULL;

	for (size_t i = 0; i < READS && r->reads[i]; i++)
		if (is_lost(s, r->reads[i], lacks))
			return true;
	for (size_t i = 0; i < ANY && r->any[i]; i++)
		any = any && is_lost(s, r->any[i], lacks);
	/* What objects of the section never have does not lack. */
	for (size_t i = 0; i < EACH && r->each[i]; i++)
		each = each && (is_lost(s, r->each[i], lacks) ||
		                !reads_has(s, r->each[i]));
	return any || each;
}

size_t
readers_stopped(enum section s, const bool *lacks)
{
	size_t n = 0;

	for (size_t i = 0; i < ROWS; i++)
		n += !table[i].seldom &&
		     section_set_has(&table[i].sections, s) &&
		     is_stopped(&table[i], s, lacks);
	return n;
}

/* The section of AD whose objects have their accounts in S. */
static enum section
ad_of(enum section s)
{
	static const enum section sections[SECTION_COUNT] = {
		[TENANT_GROUPS] = AD_GROUPS, [TENANT_CONTACTS] = AD_CONTACTS,
	};

	return section_side(s) == SIDE_AD ? s : sections[s];
}

size_t
readers_matching(enum section s)
{
	size_t n = 0;

	for (size_t i = 0; i < ROWS; i++)
		n += table[i].matches &&
		     (section_set_has(&table[i].sections, s) ||
		      section_set_has(&table[i].sections, ad_of(s)));
	return n;
}
