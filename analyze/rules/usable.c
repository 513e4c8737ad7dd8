/* Who can sign in to the tenant, and who cannot, otherwise than AD says. */
#include <ctype.h>
#include <string.h>
#include <strings.h>

#include "analyze/model/model.h"
#include "analyze/object/object.h"
#include "analyze/rules/rule.h"
#include "analyze/rules/told.h"
#include "base/dn.h"

/* userAccountControl (MS-ADTS 2.2.16). */
enum { DONT_EXPIRE_PASSWORD = 0x10000, SMARTCARD_REQUIRED = 0x40000 };
/* lastLogonTimestamp lags up to 14 days behind. */
enum { STALE_DAYS = 180 };

/* ---- accounts that expired ---- */

/* What the tenant shows: the account as it is, or will be. */
struct open_account {
	enum severity severity;
	const char *text;
};

static struct open_account
open_account(struct check *c, const struct object *o)
{
	const struct account *h = o->links.account;
	enum severity worst = account_is_unused(o) ? SEVERITY_LOW
	                                           : check_severity(c);

	if (signs_in_by_hash(c, o) == NO)
		return (struct open_account){
			SEVERITY_LOW, "the tenant's account stays enabled: AD "
			"refuses its password, but who is signed in stays so"
		};
	if (h && h->synced == YES && h->enabled == YES &&
	    !how_is_name(o->links.how))
		return (struct open_account){
			worst, "its account in the tenant can still sign in"
		};
	return (struct open_account){
		worst < SEVERITY_MEDIUM ? SEVERITY_MEDIUM : worst,
		"its account in the tenant is, or will be, enabled"
	};
}

/* That it is blocked in the tenant alone, enabled-differs tells. */
static void
check_expired(struct check *c, const struct object *o)
{
	const struct account *h = o->links.account;
	struct open_account is;
	char day[WHEN_TEXT];

	if (o->enabled != YES || (h && h->enabled == NO) ||
	    !account_has_expired(check_model(c), o))
		return;
	is = open_account(c, o);
	when_format_day(o->ad.expires, day);
	check_fail(c, o, &(struct failure){
		.severity = is.severity, .attribute = "accountExpires",
		.observed = check_textf(c, "%s", day),
		.expected = "a disabled account, or a day to come",
		.message = check_textf(c, "%s expired in AD on %s, which sync "
		                       "does not carry: %s", object_label(o),
		                       day, is.text),
		.unproposed = "whether the person has left is not known",
		.shared = check_model(c)->tenant ? (struct shared_cause){ NULL,
			NULL, NULL } : (struct shared_cause){ "AD alone",
			"Expired in AD, which sync does not carry to the "
			"tenant", NULL },
	});
}

/* ---- passwords that have to be changed ---- */

/* How long a first password may wait for its user. */
enum { FIRST_DAYS = 30 };

/*
 * Whether the password came after the account, which was made with the first
 * one, whatever its flag ("Synchronizing temporary passwords"): by AD's stamp
 * of the password, or since the user signed in to AD with another one.
 */
static enum tristate
is_reset(const struct object *o, when_t made)
{
	const struct stamp *s = &o->ad.password_stamp;

	if (made == WHEN_NONE)
		return UNKNOWN;
	if (s->version)
		return s->when > made ? YES : NO;
	return o->ad.last_logon != WHEN_NONE && o->ad.last_logon > made
		? YES : UNKNOWN;
}

/* Whether the account is so young that it still has its first password. */
static bool
is_young(struct check *c, const struct object *o, when_t made)
{
	when_t read = model_collected(check_model(c), o->domain);
	when_t since = made != WHEN_NONE ? made : o->ad.created;

	return since != WHEN_NONE && read != WHEN_NONE &&
	       read - since <= FIRST_DAYS * WHEN_DAY;
}

/* Whether the tenant would not take it if it were a second password. */
static bool
is_due(struct check *c, const struct object *o)
{
	return o->ad.password_due == YES && o->enabled == YES &&
	       !account_is_unused(o) &&
	       !(o->ad.control & SMARTCARD_REQUIRED) &&
	       signs_in_by_hash(c, o) != NO;
}

static void
fail_due(struct check *c, const struct object *o, enum tristate reset)
{
	check_fail(c, o, &(struct failure){
		.severity = reset == YES ? check_severity(c) : SEVERITY_LOW,
		.attribute = "pwdLastSet",
		.observed = "0", .expected = "a password of the user's own",
		.message = check_textf(c, "%s must change its password at the "
		                       "next logon (pwdLastSet is 0): %sthe "
		                       "present one is not synchronized%s",
		                       object_label(o), reset == YES ? ""
		                       : "unless it is the account's first "
		                       "one, ",
		                       check_model(c)->features.force_change
		                       == UNKNOWN
		                       ? ", unless the tenant takes temporary "
		                       "passwords, which is not known" : ""),
	});
}

/*
 * The tenant takes temporary passwords, and has not taken this one: so it is
 * with flags that were set before it did (entra-docs#1054).
 */
static void
fail_early(struct check *c, const struct object *o)
{
	char day[WHEN_TEXT];

	when_format_day(o->ad.password_stamp.when, day);
	check_fail(c, o, &(struct failure){
		.severity = check_severity(c), .attribute = "pwdLastSet",
		.observed = "0", .expected = "a password of the user's own",
		.message = check_textf(c, "%s must change its password at the "
		                       "next logon (pwdLastSet is 0), and the "
		                       "tenant, which takes temporary "
		                       "passwords, has not taken the one of "
		                       "%s: its own is older",
		                       object_label(o), day),
		.shared = { "taken", "Temporary password that the tenant did "
			"not take, though it takes such", NULL },
		.fix = "If the flag was set before ForcePasswordChangeOnLogOn "
		       "was switched on, take it off and set it again; or have "
		       "the user change the password in AD.",
	});
}

static void
check_due(struct check *c, const struct object *o)
{
	const struct account *h = o->links.account;
	bool taken = check_model(c)->features.force_change == YES;
	enum password_word word;
	enum tristate reset;

	if (!is_due(c, o))
		return;
	if (check_is_screening(c)) {
		fail_due(c, o, YES);
		return;
	}
	if (!h || h->synced != YES || how_is_name(o->links.how))
		return;
	word = password_due_told(check_model(c), o);
	if (taken && word == PASSWORD_OLDER)
		fail_early(c, o);
	/* The flag was set on a password that is there. */
	if (taken || word == PASSWORD_SAME)
		return;
	reset = is_reset(o, h->created);
	if (reset == YES || (reset == UNKNOWN && !is_young(c, o, h->created)))
		fail_due(c, o, reset);
}

/* ---- smart cards ---- */

static void
check_smart_card(struct check *c, const struct object *o)
{
	if (!(o->ad.control & SMARTCARD_REQUIRED) || o->enabled != YES ||
	    signs_in_by_hash(c, o) == NO)
		return;
	check_fail(c, o, &(struct failure){
		.severity = check_severity(c),
		.attribute = "userAccountControl", .mended = MENDED_IN_ENTRA,
		.observed = check_textf(c, "%lld", (long long)o->ad.control),
		.key = "",
		.message = check_textf(c, "%s signs in to AD with a smart card "
		                       "alone: the tenant has the hash of a "
		                       "password that no one knows",
		                       object_label(o)),
	});
}

/* ---- accounts that nobody uses ---- */

/* Its last logon, or, if it had none, when it was made. */
static when_t
last_use(const struct object *o)
{
	return o->ad.last_logon != WHEN_NONE ? o->ad.last_logon
	                                     : o->ad.created;
}

static void
check_stale(struct check *c, const struct object *o)
{
	const struct account *h = o->links.account;
	when_t read = model_collected(check_model(c), o->domain);
	when_t last = last_use(o);
	char day[WHEN_TEXT];

	if (o->enabled != YES || account_is_unused(o) || last == WHEN_NONE ||
	    read == WHEN_NONE || read - last <= STALE_DAYS * WHEN_DAY ||
	    (h && h->licensed == NO))
		return;
	when_format_day(last, day);
	check_fail(c, o, &(struct failure){
		.severity = check_severity(c),
		.attribute = "lastLogonTimestamp", .observed =
			o->ad.last_logon == WHEN_NONE ? NULL
			: check_textf(c, "%s", day), .key = "",
		.unproposed = "whose it is has to be asked first",
		.message = check_textf(c, o->ad.last_logon == WHEN_NONE
		                       ? "%s was created on %s and never "
		                       "signed in to AD%s"
		                       : "%s signed in to AD last about %s%s",
		                       object_label(o), day,
		                       h && h->licensed == YES
		                       ? "; it has a license" : ""),
		.shared = { o->dn ? dn_parent(o->dn) : NULL,
		            "No logon for half a year, in {}", NULL },
	});
}

/* ---- accounts of services ---- */

/* How administrators begin the names of such, by habit. */
static bool
is_called_so(const struct object *o)
{
	static const char *const begin[] = {
		"svc-", "svc_", "svc.", "sa-", "sa_", "service-", "service_",
	};

	for (size_t i = 0; o->sam && i < sizeof(begin) / sizeof(begin[0]); i++)
		if (strncasecmp(o->sam, begin[i], strlen(begin[i])) == 0)
			return true;
	return false;
}

/* Only their names, and those of computers, end so. */
static bool
is_managed(const struct object *o)
{
	return o->sam && *o->sam && o->sam[strlen(o->sam) - 1] == '$' &&
	       account_kind_of(o) == ACCOUNT_KIND_SERVICE;
}

const char *
sign_of_service(const struct object *o)
{
	if (is_managed(o))
		return "it is a managed service account";
	if (o->ad.service_names == YES)
		return "it has a service principal name";
	return is_called_so(o) && (o->ad.control & DONT_EXPIRE_PASSWORD)
		? "its name says so, and its password never expires" : NULL;
}

static void
check_service(struct check *c, const struct object *o)
{
	const char *sign = sign_of_service(o);

	if (!sign || o->enabled == NO)
		return;
	check_fail(c, o, &(struct failure){
		.severity = check_severity(c), .attribute = "sAMAccountName",
		.observed = o->sam, .expected = "that sync leaves it out",
		.message = check_textf(c, "%s is the account of a service (%s) "
		                       "and in the sync scope (%s)",
		                       object_label(o), sign, o->scope.reason),
	});
}

static const struct rule rules[] = {
	{
		.id = "expired-still-open",
		.severity = SEVERITY_HIGH,
		.side = SIDE_AD, .kinds = KIND_BIT(KIND_USER),
		.attrs = ATTRS(ATTR_EXPIRES),
		.any_attr = ATTRS(ATTR_UAC, ATTR_ENABLED),
		.in_scope_only = true,
		.bearing = BEARS_ELSEWHERE,
		.check = check_expired,
		.title = "Expired in AD, and open in the tenant",
		.why = "accountExpires is not synchronized: who may no longer "
		       "sign in to AD from that day on signs in to the tenant "
		       "as before, with the same password.",
		.fix = "In AD, disable the account if the person has left, "
		       "which sync carries to the tenant; if not, set "
		       "accountExpires to a day to come, or to never.",
		.source = DOC_PHS, .part = "Account expiration",
	},
	{
		.id = "password-must-change",
		.severity = SEVERITY_MEDIUM,
		.side = SIDE_AD, .kinds = KIND_BIT(KIND_USER),
		.attrs = ATTRS(ATTR_PASSWORD_SET),
		.any_attr = ATTRS(ATTR_UAC, ATTR_ENABLED),
		.sections = { SECTION_IN(TENANT_USERS) },
		.needs = NEED_SYNCED | NEED_FORECAST | NEED_MATCH_IN_PART,
		.in_scope_only = true,
		.check = check_due,
		.title = "Password to be changed, which is not synchronized",
		.why = "The hash of a password that has to be changed at the "
		       "next logon is not synchronized unless the tenant takes "
		       "temporary passwords (ForcePasswordChangeOnLogOn): who "
		       "has an account already cannot sign in to the tenant "
		       "with it, and the former password works on there. Only "
		       "a new account gets the first one, flag and all.",
		.fix = "Have the user change the password in AD, or set one "
		       "without the flag. Where self-service reset writes back "
		       "to AD, ForcePasswordChangeOnLogOn may be switched on: "
		       "clear flags that were set before and set them again.",
		.source = DOC_PHS,
		.part = "Synchronizing temporary passwords",
	},
	{
		.id = "smartcard-only",
		.severity = SEVERITY_INFO,
		.profile = PROFILE_STRICT,
		.side = SIDE_AD, .kinds = KIND_BIT(KIND_USER),
		.attrs = ATTRS(ATTR_UAC),
		.in_scope_only = true,
		.check = check_smart_card,
		.title = "Account that signs in with a smart card alone",
		.why = "AD gives such an account a random password, whose hash "
		       "is synchronized: no one can sign in to the tenant with "
		       "it.",
		.fix = "Give the account certificate-based authentication, or "
		       "another method, in Entra.",
		.source = DOC_PHS,
		.confidence = CONFIDENCE_DERIVED,
	},
	{
		.id = "stale",
		.severity = SEVERITY_INFO,
		.category = CATEGORY_OBJECTS,
		.profile = PROFILE_STRICT,
		.side = SIDE_AD, .kinds = KIND_BIT(KIND_USER),
		.attrs = ATTRS(ATTR_LAST_LOGON, ATTR_RECIPIENT_TYPE),
		.any_attr = ATTRS(ATTR_UAC, ATTR_ENABLED),
		.in_scope_only = true,
		.check = check_stale,
		.title = "No logon for half a year",
		.why = "An account that no one uses is one that others may, "
		       "and it may have a license. AD writes the logon late by "
		       "up to two weeks, and does not see who signs in to the "
		       "tenant alone: look at the sign-ins there as well.",
		.fix = "Ask whose it is; disable what no one needs, and take "
		       "it out of the scope later.",
		.source = DOC_LAST_LOGON,
		.confidence = CONFIDENCE_DERIVED,
		.limit = "180 days",
	},
	{
		.id = "service-account-in-scope",
		.severity = SEVERITY_INFO,
		.category = CATEGORY_SCOPE,
		.profile = PROFILE_STRICT,
		.side = SIDE_AD, .kinds = KIND_BIT(KIND_USER),
		.attrs = ATTRS(ATTR_SAM),
		.each_attr = ATTRS(ATTR_SERVICE_NAMES, ATTR_UAC),
		.in_scope_only = true,
		.check = check_service,
		.title = "Account of a service in the sync scope",
		.why = "A service of AD needs no account in the tenant, where "
		       "its password, which seldom changes, can be tried from "
		       "anywhere.",
		.fix = "Leave its container out of the sync scope, or filter "
		       "it, unless it is used in the tenant.",
		.source = DOC_FILTERING,
		.confidence = CONFIDENCE_DERIVED,
	},
};

const struct family usable_rules = { rules, sizeof(rules) / sizeof(rules[0]) };
