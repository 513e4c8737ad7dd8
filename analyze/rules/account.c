/* AD objects held against their accounts in the tenant. */
#include "analyze/model/model.h"
#include "analyze/rules/rule.h"

/* Who is meant to be one with another has that one's account. */
static bool
is_another(const struct joined *j)
{
	return j->end == JOINED_PART &&
	       (j->by != JOINED_BY_ANCHOR || j->across);
}

/* Why it has none is a finding of its own. */
static bool
is_explained(const struct object *o)
{
	return o->links.has_former || o->forecast.former ||
	       o->forecast.left_over || o->forecast.block != BLOCK_NOT;
}

static void
check_missing(struct check *c, const struct object *o)
{
	if (o->links.account || o->links.is_open ||
	    is_another(&o->forecast.joined) || is_explained(o))
		return;
	check_fail(c, o, &(struct failure){
		.severity = check_severity(c), .attribute = "objectGUID",
		.expected = "an account with this source anchor, SID or name",
		.message = check_textf(c, "%s is in the sync scope (%s), but "
		                       "the tenant has no account for it%s",
		                       object_label(o), o->scope.reason,
		                       o->links.has_deleted_account
		                       ? "; a deleted one is there" : ""),
	});
}

/* Why the two differ, which says what makes them equal. */
enum divergence {
	APART_WAITING,           /* for a synchronization, as far as is known */
	APART_REFUSED,           /* that one is refused */
	APART_IN_SYNC,           /* it ran, and left them so */
	APART_IN_CLOUD,          /* nobody asks AD */
};

static enum divergence
apart_by(const struct object *o)
{
	if (o->forecast.block == BLOCK_CLOUD_MANAGED)
		return APART_IN_CLOUD;
	if (o->forecast.line.action == ACTION_BLOCKED)
		return APART_REFUSED;
	return o->forecast.overruled ? APART_IN_SYNC : APART_WAITING;
}

static const struct {
	const char *tail, *expected;
	const char *shared[2];       /* NULL: as the rule says */
	const char *fix[2];          /* disabled in AD; enabled there */
} aparts[] = {
	[APART_WAITING] = { "", "the same in the tenant: AD decides",
		{ NULL, NULL }, { NULL, NULL } },
	[APART_REFUSED] = { ", and synchronization is refused",
		"the same in the tenant: AD decides",
		{ "disabled, and synchronization is refused",
		  "enabled, and synchronization is refused" }, {
		"Block the sign-in in the tenant until the object can be "
		"synchronized; what refuses that is a finding of its own.",
		"Find what refuses the synchronization of the object, which is "
		"a finding of its own: AD's value reaches the tenant then." } },
	[APART_IN_SYNC] = { ", although it was synchronized since",
		"the same in the tenant: AD decides",
		{ "disabled, and synchronized since",
		  "enabled, and synchronized since" }, {
		"Another synchronization of changes alone leaves it so. If no "
		"one is to sign in, block the sign-in in the tenant at once; "
		"then check whether a rule of the sync engine writes "
		"accountEnabled, or someone allowed the sign-in in the tenant: "
		"a full import and synchronization writes AD's value again.",
		"Another synchronization of changes alone leaves it so. Ask "
		"why the sign-in was blocked in the tenant: if it is to stay "
		"so, disable the account in AD, too, for a later "
		"synchronization may write AD's value; if not, allow it in the "
		"tenant. If no one blocked it, check whether a rule of the "
		"sync engine writes accountEnabled." } },
	[APART_IN_CLOUD] = { "; it is managed in the tenant, which does not "
		"ask AD", "what the tenant decides",
		{ "disabled, and managed in the tenant",
		  "enabled, and managed in the tenant" }, {
		"If no one is to sign in to the tenant, block the sign-in "
		"there: what AD says does not reach the account.",
		"If the person is to sign in to the tenant, allow it there: "
		"what AD says does not reach the account." } },
};

/* What sync does not carry, and may be why somebody blocked the account. */
static const char *
expired_text(struct check *c, const struct object *o)
{
	char day[WHEN_TEXT];

	if (o->enabled != YES || !account_has_expired(check_model(c), o))
		return "";
	when_format_day(o->ad.expires, day);
	return check_textf(c, "; it expired in AD on %s (accountExpires), "
	                   "which sync does not carry", day);
}

#define FIX_EXPIRED \
	"If no one is to sign in, disable the account in AD, too: a later " \
	"synchronization may write AD's value. If the person stays, set " \
	"accountExpires to a later day."

/* What one action mends. */
static struct shared_cause
shared_apart(bool disabled, enum divergence by, bool expired)
{
	if (expired)
		return (struct shared_cause){
			"expired", "Enabled in AD, where it has expired, and "
			"blocked in the tenant", FIX_EXPIRED
		};
	return (struct shared_cause){
		aparts[by].shared[disabled ? 0 : 1],
		aparts[by].shared[0] ? "Sign-in that is not as in AD: there {}"
		                     : NULL,
		aparts[by].fix[disabled ? 0 : 1]
	};
}

static void
check_enabled(struct check *c, const struct object *o)
{
	const struct account *account = o->links.account;
	bool disabled = o->enabled == NO;
	enum divergence by = apart_by(o);
	const char *expired = expired_text(c, o);
	bool is_expired = *expired && by != APART_IN_CLOUD;

	if (!account || (account->synced != YES && by != APART_IN_CLOUD) ||
	    o->enabled == UNKNOWN || account->enabled == UNKNOWN ||
	    o->enabled == account->enabled)
		return;
	check_fail(c, o, &(struct failure){
		.severity = disabled && by != APART_IN_CLOUD
			? SEVERITY_MEDIUM : check_severity(c),
		.attribute = "userAccountControl",
		.observed = disabled ? "disabled" : "enabled",
		.expected = aparts[by].expected,
		.message = check_textf(c, disabled
		                       ? "%s is disabled in AD, but its "
		                       "account in the tenant can still sign "
		                       "in%s%s"
		                       : "%s is enabled in AD, but its account "
		                       "in the tenant is blocked%s%s",
		                       object_label(o), aparts[by].tail,
		                       expired),
		.shared = shared_apart(disabled, by, is_expired),
		.fix = is_expired ? FIX_EXPIRED
		                  : aparts[by].fix[disabled ? 0 : 1],
	});
}

static void
check_system(struct check *c, const struct object *o)
{
	if (!check_is_of_system(c))
		return;
	check_fail(c, o, &(struct failure){
		.severity = check_severity(c), .attribute = "sAMAccountName",
		.observed = o->sam,
		.expected = "that sync leaves it out",
		.message = check_textf(c, "%s is an account of AD's, "
		                       "Exchange's or the sync engine's own, "
		                       "and in the sync scope (%s)",
		                       object_label(o), o->scope.reason),
	});
}

static const struct rule rules[] = {
	{
		.id = "system-account",
		.severity = SEVERITY_INFO,
		.category = CATEGORY_SCOPE,
		.side = SIDE_AD, .kinds = KIND_BIT(KIND_USER),
		.attrs = ATTRS(ATTR_SAM),
		.in_scope_only = true, .of_systems = true,
		.check = check_system,
		.title = "System account in the sync scope",
		.why = "krbtgt_AzureAD, Exchange Online-ApplicationAccount and "
		       "mailboxes of Exchange's own pass the default filters "
		       "unless they lie in containers that are left out. No "
		       "one needs them in the tenant; nothing else is said of "
		       "them.",
		.fix = "Filter it: leave its container out of the sync scope, "
		       "or filter the account by an attribute, such as "
		       "adminDescription with a value that begins with User_.",
		.source = DOC_FILTERING,
		.confidence = CONFIDENCE_DERIVED,
	},
	{
		.id = "account-missing",
		.severity = SEVERITY_INFO,
		.awaits_sync = true,
		.side = SIDE_AD, .kinds = KIND_BIT(KIND_USER),
		.attrs = ATTRS(ATTR_GUID),
		.sections = { SECTION_IN(TENANT_USERS) },
		.needs = NEED_SCOPE | NEED_SYNCED | NEED_FORECAST | NEED_MATCH,
		.in_scope_only = true,
		.check = check_missing,
		.title = "In sync scope, no account in the tenant yet",
		.why = "The next synchronization creates the account or joins "
		       "an existing one with the same address. If other "
		       "objects of the same age are there already, an export "
		       "error may be the cause.",
		.fix = "If the account should exist, look for the object's "
		       "export errors in the sync engine; if not, take the "
		       "object out of the scope.",
		.source = DOC_DESIGN, .part = "sourceAnchor",
		.confidence = CONFIDENCE_DERIVED,
	},
	{
		.id = "enabled-differs",
		.severity = SEVERITY_LOW,
		.side = SIDE_AD, .kinds = KIND_BIT(KIND_USER),
		.any_attr = ATTRS(ATTR_UAC, ATTR_ENABLED),
		.sections = { SECTION_IN(TENANT_USERS) },
		.needs = NEED_SYNCED | NEED_FORECAST | NEED_MATCH_IN_PART,
		.in_scope_only = true,
		.check = check_enabled,
		.title = "Enabled in AD, sign-in blocked in the tenant (or the "
		         "reverse)",
		.why = "The sync engine writes accountEnabled from "
		       "userAccountControl. While they differ, someone who "
		       "was disabled in AD can still sign in to the tenant, "
		       "or someone who works here cannot.",
		.fix = "Synchronize, and compare again; if they still differ, "
		       "look for an export error of the object, or for a rule "
		       "that changes accountEnabled.",
		.source = DOC_DEFAULTS,
		.part = "User out-of-box rules, accountEnabled",
	},
};

const struct family account_rules = {
	rules, sizeof(rules) / sizeof(rules[0])
};
