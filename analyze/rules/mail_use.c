/* Who is to receive mail, who is only taken to, and who has no address. */
#include "analyze/model/model.h"
#include "analyze/object/object.h"
#include "analyze/policy/policy.h"
#include "analyze/rules/propose.h"
#include "analyze/rules/rule.h"
#include "analyze/rules/suggest.h"
#include "analyze/rules/told.h"

/* Whether it is mail-enabled anywhere, or its licence is known. */
static bool
is_recipient(const struct check *c, const struct object *o)
{
	const struct account *account = o->links.account;

	return o->mail || o->proxy_count || o->mail_nickname || o->target ||
	       o->ad.recipient_type || o->ad.licence_edit == YES ||
	       (account && (account->has_mail || account->has_proxies ||
	                    account->exchange_plan == YES)) ||
	       check_model(c)->policy->licensing == LICENSING_ALL;
}

/* Services sign in, and few read mail; nor do administrators' second names. */
static bool
is_somebody(const struct object *o)
{
	return o->enabled != NO && !sign_of_service(o) &&
	       account_kind_of(o) == ACCOUNT_KIND_PERSON;
}

enum mail_use
mail_use_of(const struct check *c, const struct object *o)
{
	if (is_recipient(c, o))
		return MAIL_USED;
	if (!o->forecast.will_have_mailbox)
		return MAIL_NOT_USED;
	if (!is_somebody(o))
		return MAIL_UNLIKELY;
	/* With AD alone, who gets a licence is a guess. */
	return check_model(c)->tenant && check_may_be(c, FACT_MAIL)
		? MAIL_USED : MAIL_BY_NOBODY;
}

/* ---- no address ---- */

/* Any value of proxyAddresses masks mail; NULL: the rule's own fix is right. */
static const char *
fix_missing(struct check *c, const struct object *o, const char *to,
            enum severity severity)
{
	if (severity == SEVERITY_INFO)
		return "Nothing, if the account gets no mailbox. If it does, "
		       "in AD, set mail to its address.";
	if (o->proxy_count)
		return to ? check_textf(c, "In AD, write SMTP:%s into "
		                        "proxyAddresses, and set mail to %s",
		                        to, to)
			: "In AD, write the user's address with upper-case "
			  "SMTP: into proxyAddresses, and set mail to it.";
	return to ? check_textf(c, "In AD, set mail to %s", to) : NULL;
}

/* What needs nothing is no part of what does. */
static struct shared_cause
shared_missing(enum severity severity)
{
	return severity != SEVERITY_INFO
		? (struct shared_cause){ NULL, NULL, NULL }
		: (struct shared_cause){
			"no mail", "User without mail, and nothing says that "
			"they receive any", "Nothing, if they get no "
			"mailboxes. In AD, set mail of those who do to their "
			"address."
		};
}

static enum severity
missing_severity(const struct check *c, const struct object *o,
                 enum mail_use use)
{
	bool lost = o->forecast.cause == PRIMARY_UPN_UNVERIFIED ||
	            o->forecast.cause == PRIMARY_UPN_MALFORMED;

	if (use == MAIL_UNLIKELY || (use == MAIL_BY_NOBODY && !lost))
		return SEVERITY_INFO;
	if (o->enabled == NO)
		return SEVERITY_LOW;
	return lost ? SEVERITY_HIGH : check_severity(c);
}

static void
check_mail_missing(struct check *c, const struct object *o)
{
	enum mail_use use = o->mail || object_primary(o) ? MAIL_NOT_USED
	                                                 : mail_use_of(c, o);
	struct proposal to = { 0 };
	enum severity severity;
	struct remedy is;

	if (use == MAIL_NOT_USED || check_is_behind(o))
		return;
	severity = missing_severity(c, o, use);
	if (severity != SEVERITY_INFO)
		to = suggest_address(c, o);
	is = severity == SEVERITY_INFO
		? remedy_none("nothing says that the account receives mail")
		: remedy_primary(c, o, &to);
	check_fail(c, o, &(struct failure){
		.severity = severity, .attribute = "mail",
		.expected = to.address, .unread = to.unread, REMEDY(is),
		.message = check_textf(c, "%s has neither mail nor a primary "
		                       "address in proxyAddresses",
		                       object_label(o)),
		.shared = shared_missing(severity),
		.fix = fix_missing(c, o, to.address, severity),
	});
}

static const struct rule rules[] = {
	{
		.id = "mail-missing",
		.severity = SEVERITY_MEDIUM,
		.side = SIDE_AD, .kinds = KIND_BIT(KIND_USER),
		.attrs = ATTRS(ATTR_MAIL, ATTR_PROXIES),
		.each_attr = ATTRS(ATTR_MAIL, ATTR_RECIPIENT_TYPE,
		                   ATTR_MAIL_NICKNAME, ATTR_TARGET),
		.needs = NEED_FORECAST | NEED_JOINED,
		.in_scope_only = true,
		.check = check_mail_missing,
		.title = "User without an email address in AD",
		.why = "Without mail and without a primary address in "
		       "proxyAddresses, the tenant derives the address from "
		       "the UPN, or from the initial domain (onmicrosoft.com) "
		       "if the UPN suffix is not verified.",
		.fix = "In AD, set mail to the user's address.",
		.source = DOC_POPULATE, .part = "KB3190357",
	},
};

const struct family mail_use_rules = {
	rules, sizeof(rules) / sizeof(rules[0])
};
