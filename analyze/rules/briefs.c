/*
 * "37 objects are blocked because of ...": what stands there, in the plural,
 * for what blocks objects. {} is what those of a cause have in common.
 */
#include "analyze/rules/briefs.h"

#include <stddef.h>
#include <string.h>

#include "analyze/findings/findings.h"

static const struct {
	const char *rule;
	struct cause_brief brief;
} rows[] = {
	{ "primary-onmicrosoft",
	  { "primary addresses in the initial domain", NULL } },
	{ "primary-onmicrosoft-forecast",
	  { "primary addresses that will be in the initial domain",
	    "primary addresses that will be in the initial domain ({})" } },
	{ "mail-missing", { "users without an email address", NULL } },
	{ "proxy-no-primary", { "proxyAddresses without a primary address",
	                        NULL } },
	{ "proxy-several-primaries",
	  { "proxyAddresses with several primary addresses", NULL } },
	{ "proxy-malformed", { "malformed proxyAddresses", NULL } },
	{ "mail-malformed", { "malformed email addresses", NULL } },
	{ "upn-malformed", { "malformed sign-in names", NULL } },
	{ "upn-missing", { "users without a sign-in name", NULL } },
	{ "upn-too-long", { "sign-in names that are too long", NULL } },
	{ "mailnickname-missing",
	  { "Exchange recipients without an alias", NULL } },
	{ "proxy-duplicate", { "duplicate addresses", NULL } },
	{ "address-duplicate",
	  { "addresses that several objects have in different attributes",
	    NULL } },
	{ "upn-duplicate", { "duplicate sign-in names", NULL } },
	{ "nickname-duplicate", { "duplicate aliases", NULL } },
	{ "upn-conflict", { "sign-in names that other objects have", NULL } },
	{ "proxy-conflict",
	  { "addresses that other objects have in the tenant", NULL } },
	{ "upn-onmicrosoft-forecast",
	  { "sign-in names that will be in the initial domain",
	    "sign-in names that will be in the initial domain ({})" } },
	{ "upn-suffix-unverified", { "UPN suffixes that are not verified",
	                             "the UPN suffix {}" } },
	{ "upn-suffix-nonroutable",
	  { "UPN suffixes that no tenant can verify",
	    "the UPN suffix {}, which no tenant can verify" } },
	{ "domain-unverified-in-use",
	  { "domains that are not verified", "the unverified domain {}" } },
	{ "moved-out-of-scope", { "objects that left the sync scope",
	                          "objects that left the sync scope ({})" } },
	{ "returned-to-scope",
	  { "users who came back into the sync scope with an old password",
	    NULL } },
	{ "disabled-then-enabled",
	  { "users who were enabled again with an old password", NULL } },
	{ "password-differs",
	  { "passwords that the tenant does not have", NULL } },
	{ "address-lost", { "addresses that joining an account loses", NULL } },
	{ "soft-match", { "soft matches with existing cloud accounts", NULL } },
	{ "hard-match",
	  { "hard matches with accounts that are not synchronized", NULL } },
	{ "match-blocked",
	  { "existing cloud accounts that cannot be joined",
	    "existing cloud accounts that cannot be joined ({})" } },
	{ "anchor-left-over",
	  { "cloud accounts with an old source anchor", NULL } },
	{ "former-account",
	  { "former accounts with another source anchor", NULL } },
	{ "anchor-shared", { "source anchors that several users have", NULL } },
	{ "group-anchor-shared",
	  { "source anchors that several groups have", NULL } },
	{ "anchor-differs",
	  { "accounts with a different source anchor", NULL } },
	{ "two-mailboxes",
	  { "mailboxes both on premises and in Exchange Online", NULL } },
	{ "mailbox-mark-left", { "marks of former mailboxes", NULL } },
	{ "sync-error", { "values that the tenant has in quarantine",
	                  "values of {} that the tenant has in quarantine" } },
	{ "admin-synced",
	  { "synchronized accounts with a privileged role", NULL } },
	{ "exchange-guid-shared",
	  { "mailbox GUIDs that several users have", NULL } },
	{ "recipient-inconsistent",
	  { "recipients with contradictory Exchange attributes", NULL } },
	{ "certificates-too-many", { "users with too many certificates",
	                             NULL } },
	{ "group-too-large", { "groups with too many members", NULL } },
	{ "expired-still-open",
	  { "expired users who can still sign in to the tenant", NULL } },
	{ "licence-removed", { "addresses lost with a license", NULL } },
	{ "value-edge-space",
	  { "spaces or invisible characters in values",
	    "spaces or invisible characters in {}" } },
	{ "group-members-lost", { "groups that lose members", NULL } },
	{ "displayname-missing", { "objects without a display name", NULL } },
	{ "account-missing", { "users without an account in the tenant",
	                       NULL } },
	{ "engine-stopped",
	  { "a sync server that the service has cut off", NULL } },
	{ "engine-unsupported", { "a sync server out of support", NULL } },
	{ "exchange-out-of-support", { "Exchange servers out of support",
	                               "servers of {} out of support" } },
};

const struct cause_brief *
brief_of(const char *rule)
{
	for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++)
		if (strcmp(rows[i].rule, rule) == 0)
			return &rows[i].brief;
	return NULL;
}
