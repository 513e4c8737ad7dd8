/* The table of rules and of IdFix's words. */
#include "report/idfix_names.h"

#include <stddef.h>
#include <string.h>

#include "analyze/findings/findings.h"

/* Only what is wrong with a value of AD itself, as IdFix judges. */
static const struct {
	const char *rule, *names;
} table[] = {
	{ "address-duplicate", "Duplicate" },
	{ "address-part-too-long", "Length" },
	{ "address-rewritten", "Character" },
	{ "address-too-long", "Length" },
	{ "contact-mail-missing", "Blank" },
	{ "displayname-missing", "Blank" },
	{ "filtered-holder", "Duplicate" },
	{ "mail-malformed", "Format" },
	{ "mail-missing", "Blank" },
	{ "mail-unroutable", "TopLevelDomain" },
	{ "mailnickname-malformed", "Character" },
	{ "mailnickname-missing", "Blank" },
	{ "name-too-long", "Length" },
	{ "nickname-duplicate", "Duplicate" },
	{ "nickname-too-long", "Length" },
	{ "proxy-diacritics", "LocalPart" },
	{ "proxy-duplicate", "Duplicate" },
	{ "proxy-idn", "DomainPart" },
	{ "proxy-malformed", "Format" },
	{ "proxy-repeated", "Duplicate" },
	{ "proxy-unroutable", "TopLevelDomain" },
	{ "sam-invalid", "Character" },
	{ "sip-malformed", "Format" },
	{ "target-malformed", "Format" },
	{ "target-unroutable", "TopLevelDomain" },
	{ "upn-duplicate", "Duplicate" },
	{ "upn-malformed", "Format" },
	{ "upn-missing", "Blank" },
	{ "upn-suffix-nonroutable", "TopLevelDomain" },
	{ "upn-too-long", "Length" },
	{ "value-edge-space", "Character" },
	/* What hangs on other attributes, on others, or on the tenant. */
	{ "address-held-by-deleted", NULL },
	{ "address-lost", NULL },
	{ "broken-again", NULL },
	{ "contact-is-user", NULL },
	{ "domain-federated", NULL },
	{ "domain-unverified-in-use", NULL },
	{ "group-dynamic", NULL },
	{ "group-no-owner", NULL },
	{ "group-not-universal", NULL },
	{ "hidden-without-nickname", NULL },
	{ "joined-both-enabled", NULL },
	{ "mail-cleared", NULL },
	{ "mail-not-primary", NULL },
	{ "mailbox-mark-left", NULL },
	{ "policy-rewrites", NULL },
	{ "primary-onmicrosoft-forecast", NULL },
	{ "primary-not-company", NULL },
	{ "proxy-conflict", NULL },
	{ "proxy-no-primary", NULL },
	{ "proxy-reserved", NULL },
	{ "proxy-several-primaries", NULL },
	{ "proxy-too-many", NULL },
	{ "public-folder-mail", NULL },
	{ "re-created", NULL },
	{ "recipient-inconsistent", NULL },
	{ "routing-address-missing", NULL },
	{ "service-account-in-scope", NULL },
	{ "sync-on-dc", NULL },
	{ "system-account", NULL },
	{ "target-upper-smtp", NULL },
	{ "upn-changes", NULL },
	{ "upn-conflict", NULL },
	{ "upn-differs-from-primary", NULL },
	{ "upn-held-back", NULL },
	{ "upn-onmicrosoft-forecast", NULL },
	{ "upn-suffix-unverified", NULL },
	{ "x500-missing", NULL },
};

/* Those of IdFix's own rules say it themselves. */
static const char own[] = "idfix-";

bool
idfix_judged(const char *rule)
{
	for (size_t i = 0; i < sizeof(table) / sizeof(table[0]); i++)
		if (strcmp(table[i].rule, rule) == 0)
			return true;
	return strncmp(rule, own, sizeof(own) - 1) == 0;
}

static const char *
name_of(const char *rule)
{
	for (size_t i = 0; i < sizeof(table) / sizeof(table[0]); i++)
		if (strcmp(table[i].rule, rule) == 0)
			return table[i].names;
	return NULL;
}

const char *
idfix_names(const struct finding *f)
{
	return f->idfix.error ? f->idfix.error : name_of(f->rule);
}

uint64_t
idfix_nameless(const struct findings *f)
{
	uint64_t n = 0;

	for (size_t i = 0; i < f->rule_count; i++)
		if (strncmp(f->rules[i].id, own, sizeof(own) - 1) != 0 &&
		    !name_of(f->rules[i].id))
			n += f->rules[i].findings;
	return n;
}
