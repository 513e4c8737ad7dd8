/* The documents that rules rest on. */
#include "analyze/rules/rule.h"

#include <stdio.h>

#define LEARN "https://learn.microsoft.com/en-us/"
#define HYBRID LEARN "entra/identity/hybrid/"
#define CONNECT HYBRID "connect/"
#define PROVISIONING LEARN "troubleshoot/entra/entra-id/user-prov-sync/"

static const struct document documents[DOC_COUNT] = {
	[DOC_PREP] = {
		.title = "Prepare for directory synchronization to Microsoft "
		         "365",
		.address = LEARN "microsoft-365/enterprise/"
		           "prepare-for-directory-synchronization",
	},
	[DOC_ROUTABLE] = {
		.title = "Prepare a nonroutable domain for directory "
		         "synchronization",
		.address = LEARN "microsoft-365/enterprise/prepare-a-non-"
		           "routable-domain-for-directory-synchronization",
	},
	[DOC_CUSTOM_DOMAINS] = {
		.address = LEARN "entra/identity/users/domains-manage",
	},
	[DOC_POPULATE] = {
		.title = "How the proxyAddresses attribute is populated in "
		         "Microsoft Entra ID",
		.address = PROVISIONING "proxyaddresses-attribute-populate",
	},
	[DOC_UNSYNCED] = {
		.title = "One or more objects don't sync when using Azure "
		         "Active Directory Sync tool",
		.address = PROVISIONING "objects-dont-sync-ad-sync-tool",
	},
	[DOC_DEFAULTS] = {
		.title = "Microsoft Entra Connect Sync: Understanding the "
		         "default configuration",
		.address = CONNECT "concept-azure-ad-connect-sync-default-"
		           "configuration",
	},
	[DOC_CONTACTS] = {
		.title = "Microsoft Entra Connect Sync: Understanding Users, "
		         "Groups, and Contacts",
		.address = CONNECT
		           "concept-azure-ad-connect-sync-user-and-contacts",
	},
	[DOC_DESIGN] = {
		.title = "Microsoft Entra Connect: Design concepts",
		.address = CONNECT "plan-connect-design-concepts",
	},
	[DOC_SIGN_IN] = {
		.title = "Microsoft Entra UserPrincipalName population",
		.address = CONNECT "plan-connect-userprincipalname",
	},
	[DOC_FILTERING] = {
		.title = "Microsoft Entra Connect Sync: Configure filtering",
		.address = CONNECT "how-to-connect-sync-configure-filtering",
	},
	[DOC_EXISTING] = {
		.title = "Microsoft Entra Connect: When you have an existing "
		         "tenant",
		.address = CONNECT "how-to-connect-install-existing-tenant",
	},
	[DOC_RESILIENCY] = {
		.title = "Identity synchronization and duplicate attribute "
		         "resiliency",
		.address = CONNECT "how-to-connect-syncservice-duplicate-"
		           "attribute-resiliency",
	},
	[DOC_RECYCLE] = {
		.address = CONNECT "how-to-connect-sync-recycle-bin",
	},
	[DOC_ERRORS] = {
		.title = "Understanding errors during Microsoft Entra "
		         "synchronization",
		.address = CONNECT "tshoot-connect-sync-errors",
	},
	[DOC_VERSIONS] = {
		.address = CONNECT "reference-connect-version-history-archive",
	},
	[DOC_AUTHORITY] = {
		.address = HYBRID "user-source-of-authority-overview",
	},
	[DOC_CLOUD_SYNC] = {
		.title = "Prerequisites for Microsoft Entra Cloud Sync",
		.address = HYBRID "cloud-sync/how-to-prerequisites",
	},
	[DOC_UNDERSCORE] = {
		.title = "Microsoft 365 email address contains an underscore "
		         "character after directory synchronization",
		.address = LEARN "microsoft-365/troubleshoot/active-directory/"
		           "email-address-contain-underscore",
	},
	[DOC_FEATURES] = {
		.title = "Microsoft Entra Connect Sync service features",
		.address = CONNECT "how-to-connect-syncservice-features",
	},
	[DOC_BOTH] = {
		.title = "How to recover when a mailbox exists in both "
		         "Exchange Online and on-premises",
		.address = LEARN "exchange/troubleshoot/user-and-shared-"
		           "mailboxes/mailbox-exists-exo-onpremises",
	},
	[DOC_SHADOW] = {
		.title = "Microsoft Entra Connect Sync service shadow "
		         "attributes",
		.address = CONNECT
		           "how-to-connect-syncservice-shadow-attributes",
	},
	[DOC_IDFIX] = {
		.title = "Query and fix invalid object attributes with the "
		         "IdFix tool",
		.address = "https://github.com/microsoft/idfix",
	},
	[DOC_PHS] = {
		.title = "Implement password hash synchronization with "
		         "Microsoft Entra Connect Sync",
		.address = CONNECT
		           "how-to-connect-password-hash-synchronization",
	},
	[DOC_ORGANIZATION] = {
		.title = "organization resource type",
		.address = LEARN "graph/api/resources/organization",
	},
	[DOC_ENGINES] = {
		.title = "Microsoft Entra Connect: Version release history",
		.address = CONNECT "reference-connect-version-history",
	},
	[DOC_HARDENING] = {
		.title = "Hardening updates for Microsoft Entra Connect Sync",
		.address = CONNECT "harden-update-ad-fs-pingfederate",
	},
	[DOC_ENGINE_FLAW] = {
		.title = "CVE-2026-65673",
		.address = "https://www.cve.org/CVERecord?id=CVE-2026-65673",
	},
	[DOC_EXCHANGE_ONLINE_OWNS] = {
		.address = LEARN "exchange/hybrid-deployment/enable-exchange-"
		           "attributes-cloud-management",
	},
	[DOC_STAGING] = {
		.title = "Microsoft Entra Connect Sync: Staging server and "
		         "disaster recovery",
		.address = CONNECT "how-to-connect-sync-staging-server",
	},
	[DOC_EXCHANGE_BUILDS] = {
		.title = "Exchange Server build numbers and release dates",
		.address = LEARN "exchange/new-features/build-numbers-and-"
		           "release-dates",
	},
	[DOC_IDN] = {
		.title = "RFC 5890, Internationalized Domain Names for "
		         "Applications: Definitions and Document Framework",
		.address = "https://www.rfc-editor.org/rfc/rfc5890",
	},
	[DOC_SMTP] = {
		.title = "RFC 5321, Simple Mail Transfer Protocol",
		.address = "https://www.rfc-editor.org/rfc/rfc5321",
	},
	[DOC_ALIAS] = {
		.title = "Set-Mailbox",
		.address = LEARN "powershell/module/exchange/set-mailbox",
	},
	[DOC_FUNCTIONS] = {
		.title = "Microsoft Entra Connect Sync: Functions reference",
		.address = CONNECT "reference-connect-sync-functions-reference",
	},
	[DOC_MAIL_GROUPS] = {
		.title = "Enable-DistributionGroup",
		.address = LEARN "powershell/module/exchange/"
		           "enable-distributiongroup",
	},
	[DOC_SHARED_MAILBOXES] = {
		.title = "Shared mailboxes in Exchange Server",
		.address = LEARN "exchange/collaboration/shared-mailboxes/"
		           "shared-mailboxes",
	},
	[DOC_TURNED_BACK] = {
		.title = "Shared mailbox in Exchange Online is unexpectedly "
		         "disconnected",
		.address = LEARN "exchange/troubleshoot/user-and-shared-"
		           "mailboxes/shared-mailboxes-unexpectedly-converted-"
		           "to-user-mailboxes",
	},
	[DOC_LAST_LOGON] = {
		.title = "Last-Logon-Timestamp attribute",
		.address = LEARN "windows/win32/adschema/"
		           "a-lastlogontimestamp",
	},
	[DOC_GROUPS] = {
		.title = "Migrate groups from one forest to another for "
		         "Microsoft Entra Connect",
		.address = CONNECT "how-to-connect-migrate-groups",
	},
	[DOC_POLICIES] = {
		.title = "Email address policies in Exchange Server",
		.address = LEARN "exchange/email-addresses-and-address-books/"
		           "email-address-policies/email-address-policies",
	},
	[DOC_ROUTING] = {
		.title = "The target mailbox doesn't have an SMTP proxy "
		         "matching in a mailbox migration",
		.address = LEARN "exchange/troubleshoot/move-or-migrate-"
		           "mailboxes/no-smtp-proxy-matching",
	},
	[DOC_DELEGATES] = {
		.title = "A remote mailbox created in on-premises AD DS is not "
		         "ACLable in Exchange Online",
		.address = LEARN "exchange/troubleshoot/administration/remote-"
		           "mailbox-created-in-ad-ds-not-aclable",
	},
	[DOC_DECOMMISSION] = {
		.title = "How and when to decommission your on-premises "
		         "Exchange servers in a hybrid deployment",
		.address = LEARN "exchange/decommission-on-premises-exchange",
	},
	[DOC_TOOLS] = {
		.title = "Manage recipients in Exchange Hybrid environments "
		         "using Management tools",
		.address = LEARN "exchange/manage-hybrid-exchange-recipients-"
		           "with-management-tools",
	},
	[DOC_CALLS] = {
		.title = "Decide how to manage attributes after "
		         "decommissioning",
		.address = LEARN "skypeforbusiness/hybrid/cloud-consolidation-"
		           "managing-attributes",
	},
	[DOC_TARGETS] = {
		.title = "Primary SMTP proxy address is replaced by "
		         "targetAddress value in a hybrid environment",
		.address = LEARN "exchange/troubleshoot/move-or-migrate-"
		           "mailboxes/primary-smtp-address-is-overwritten-by-"
		           "targetaddress",
	},
	[DOC_PREREQUISITES] = {
		.title = "Prerequisites for Microsoft Entra Connect",
		.address = LEARN "entra/identity/hybrid/connect/how-to-connect-"
		           "install-prerequisites",
	},
	[DOC_IMCEAEX] = {
		.title = "IMCEAEX non-delivery report when you send email "
		         "messages to an internal user in Microsoft 365",
		.address = LEARN "exchange/troubleshoot/email-delivery/imceaex-"
		           "ndr",
	},
	[DOC_LICENCES] = {
		.title = "Identify and resolve license assignment problems for "
		         "a group in Microsoft Entra ID",
		.address = LEARN "entra/identity/users/licensing-groups-"
		           "resolve-problems",
	},
	[DOC_GROUP_LICENCES] = {
		.title = "What is group-based licensing in Microsoft Entra ID?",
		.address = LEARN "entra/fundamentals/concept-group-based-"
		           "licensing",
	},
	[DOC_SHARED] = {
		.title = "About shared mailboxes",
		.address = LEARN "microsoft-365/admin/email/about-shared-"
		           "mailboxes",
	},
};

const struct document *
document_get(enum document_id d)
{
	return &documents[d];
}

const char *
rule_source(const struct rule *r, struct arena *a)
{
	const char *address = documents[r->source].address;
	char text[256];

	if (!r->part)
		return address;
	snprintf(text, sizeof(text), "%s (%s)", address, r->part);
	return arena_strdup(a, text);
}
