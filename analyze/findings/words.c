/* The words of the findings format. */
#include "analyze/findings/words.h"

#include <stdlib.h>
#include <string.h>
#include <strings.h>

const char *
severity_name(enum severity s)
{
	static const char *const names[] = {
		[SEVERITY_CRITICAL] = "critical", [SEVERITY_HIGH] = "high",
		[SEVERITY_MEDIUM] = "medium", [SEVERITY_LOW] = "low",
		[SEVERITY_INFO] = "info",
	};

	return names[s];
}

const char *
status_name(enum status s)
{
	static const char *const names[] = {
		[STATUS_OPEN] = "open", [STATUS_WAIVED] = "waived",
		[STATUS_PLANNED] = "planned",
		[STATUS_FALSE_POSITIVE] = "false-positive",
	};

	return names[s];
}

const char *
outcome_name(enum outcome o)
{
	static const char *const names[] = {
		[OUTCOME_FOUND] = "found", [OUTCOME_CLEAN] = "clean",
		[OUTCOME_NOT_ASSESSED] = "not-assessed",
		[OUTCOME_NOT_APPLICABLE] = "not-applicable",
	};

	return names[o];
}

const char *
readiness_name(enum readiness r)
{
	static const char *const names[] = {
		[READINESS_READY] = "ready", [READINESS_WARNING] = "warning",
		[READINESS_BLOCKED] = "blocked",
		[READINESS_NOT_KNOWN] = "not-known",
		[READINESS_OUT_OF_SCOPE] = "out-of-scope",
	};

	return names[r];
}

const char *
confidence_name(enum confidence c)
{
	static const char *const names[] = {
		[CONFIDENCE_DOCUMENTED] = "documented",
		[CONFIDENCE_DERIVED] = "derived",
		[CONFIDENCE_UNCERTAIN] = "uncertain",
	};

	return names[c];
}

const char *
match_name(enum match m)
{
	static const char *const names[MATCH_COUNT] = {
		[MATCH_CREATE] = "create", [MATCH_HARD] = "hard",
		[MATCH_SOFT] = "soft", [MATCH_SYNCED] = "synced",
		[MATCH_CONFLICT] = "conflict", [MATCH_NONE] = "none",
		[MATCH_UNKNOWN] = NULL,
	};

	return names[m];
}

const char *
action_name(enum action a)
{
	static const char *const names[ACTION_COUNT] = {
		[ACTION_CREATE] = "create", [ACTION_MATCH] = "match",
		[ACTION_UPDATE] = "update", [ACTION_NONE] = "none",
		[ACTION_DELETE] = "delete", [ACTION_RESTORE] = "restore",
		[ACTION_BLOCKED] = "blocked", [ACTION_UNKNOWN] = NULL,
	};

	return names[a];
}

const char *
origin_name(enum origin_kind o)
{
	static const char *const names[ORIGIN_COUNT] = {
		[ORIGIN_TENANT] = "tenant",
		[ORIGIN_HELD_BACK] = "tenant, which does not take AD's",
		[ORIGIN_UPN] = "UPN",
		[ORIGIN_CHANGED_UPN] = "changed UPN", [ORIGIN_MOERA] = "MOERA",
		[ORIGIN_MOERA_DIGITS] = "MOERA with digits, since another "
			"object has the alias",
		[ORIGIN_PLACEHOLDER] = "placeholder with digits, since another "
			"object has the name",
		[ORIGIN_EXCHANGE] = "Exchange", [ORIGIN_MAIL] = "mail",
		[ORIGIN_SIGN_IN] = "sign-in name",
		[ORIGIN_PRIMARY] = "primary address",
		[ORIGIN_SECONDARY] = "secondary address",
		[ORIGIN_SAM] = "sAMAccountName", [ORIGIN_CN] = "cn",
		[ORIGIN_OTHER] = NULL,
	};

	return names[o];
}

enum origin_kind
origin_parse(const char *text)
{
	int o = 0;

	while (o < ORIGIN_OTHER &&
	       (!text || strcmp(origin_name((enum origin_kind)o), text) != 0))
		o++;
	return (enum origin_kind)o;
}

int
severity_parse(enum severity *out, const char *text)
{
	for (int s = 0; text && s < SEVERITY_COUNT; s++)
		if (strcmp(severity_name((enum severity)s), text) == 0) {
			*out = (enum severity)s;
			return 0;
		}
	return -1;
}

int
status_parse(enum status *out, const char *text)
{
	for (int s = 0; text && s < STATUS_COUNT; s++)
		if (strcmp(status_name((enum status)s), text) == 0) {
			*out = (enum status)s;
			return 0;
		}
	return -1;
}

const char *
authority_name(enum authority a)
{
	static const char *const names[AUTHORITY_COUNT] = {
		[AUTHORITY_AD] = "ad",
		[AUTHORITY_EXCHANGE_ONLINE] = "exchange-online",
		[AUTHORITY_ENTRA] = "entra",
		[AUTHORITY_NOT_ASSESSED] = "not-assessed",
	};

	return names[a];
}

int
authority_parse(const char *text)
{
	for (int a = 0; text && a < AUTHORITY_COUNT; a++)
		if (strcmp(authority_name((enum authority)a), text) == 0)
			return a;
	return -1;
}

/* Whether the digits behind the name are a number from 1 to MOST. */
static bool
is_numbered(const char *digits, long most)
{
	char *end;
	long n = *digits >= '1' && *digits <= '9' ? strtol(digits, &end, 10)
	                                          : 0;

	return n >= 1 && n <= most && !*end;
}

bool
writeback_has(const char *attribute)
{
	static const struct {
		const char *name;
		long most;             /* 0: it has no number */
	} names[] = {
		{ "mail", 0 }, { "proxyAddresses", 0 },
		{ "msExchRecipientDisplayType", 0 },
		{ "msExchRecipientTypeDetails", 0 },
		{ "extensionAttribute", 15 },
		{ "msExchExtensionCustomAttribute", 5 },
	};

	for (size_t i = 0; i < sizeof(names) / sizeof(names[0]); i++) {
		size_t len = strlen(names[i].name);

		if (strncasecmp(names[i].name, attribute, len) != 0)
			continue;
		if (names[i].most ? is_numbered(attribute + len, names[i].most)
		                  : !attribute[len])
			return true;
	}
	return false;
}

const char *
differing_name(enum differing in)
{
	static const char *const names[] = {
		[DIFFERING_UPN] = "userPrincipalName",
		[DIFFERING_ALIAS] = "mailNickname", [DIFFERING_MAIL] = "mail",
		[DIFFERING_PROXIES] = "proxyAddresses",
		[DIFFERING_NAMES] = "names",
		[DIFFERING_ENABLED] = "accountEnabled",
	};

	return names[in];
}
