/* What is wrong with mailNickname, the alias. */
#include <string.h>

#include "analyze/model/model.h"
#include "analyze/object/object.h"
#include "analyze/rules/propose.h"
#include "analyze/rules/rule.h"

/* NULL: as the rule says. */
static const char *
fix_alias(struct check *c, const struct remedy *to)
{
	return to->proposed.new ? check_textf(c, "In AD, set mailNickname to "
	                                      "%s", to->proposed.new) : NULL;
}

static void
check_nickname_missing(struct check *c, const struct object *o)
{
	const char *what = o->ad.remote_type == YES
		? "msExchRemoteRecipientType" : o->ad.recipient_type
		? "msExchRecipientTypeDetails" : NULL;
	struct remedy to;

	if (o->mail_nickname || !what || check_is_behind(o))
		return;
	to = remedy_alias(c, o);
	check_fail(c, o, &(struct failure){
		.severity = check_severity(c), .attribute = "mailNickname",
		.expected = remedy_wanted(&to, "the alias"),
		REMEDY(to), .fix = fix_alias(c, &to),
		.message = check_textf(c, "%s has %s but no mailNickname: its "
		                       "Exchange attributes will not reach the "
		                       "tenant", object_label(o), what),
	});
}

/* The rule that hides it in Exchange Online applies only beside an alias. */
static void
check_hidden(struct check *c, const struct object *o)
{
	struct remedy to;

	if (o->ad.hidden != YES || o->mail_nickname || check_is_behind(o))
		return;
	to = remedy_alias(c, o);
	check_fail(c, o, &(struct failure){
		.severity = check_severity(c), .attribute = "mailNickname",
		.expected = remedy_wanted(&to, "the alias"),
		REMEDY(to), .fix = fix_alias(c, &to),
		.message = check_textf(c, "%s is hidden from address lists in "
		                       "AD but has no mailNickname: it will be "
		                       "shown in the tenant",
		                       object_label(o)),
	});
}

/* The tenant has taken it as it is. */
static bool
is_held(const struct object *o)
{
	const char *held = o->links.account
		? account_text(o->links.account, ACCOUNT_NICKNAME) : NULL;

	return held && strcmp(held, o->mail_nickname) == 0;
}

static void
check_nickname_malformed(struct check *c, const struct object *o)
{
	struct flaws f;
	struct remedy to;

	if (!check_has_flaws(c) || !o->mail_nickname ||
	    !alias_flaws(o->mail_nickname, &f) || !f.of[FLAW_FORM] ||
	    is_held(o))
		return;
	to = remedy_alias(c, o);
	check_fail(c, o, &(struct failure){
		.severity = check_severity(c), .attribute = "mailNickname",
		.observed = o->mail_nickname,
		REMEDY(to), .fix = fix_alias(c, &to),
		.expected = remedy_wanted(&to, "letters, digits, ! # % * + - "
		                          "/ = ? ^ _ ~, and dots between "
		                          "them"),
		.message = check_textf(c, "The mailNickname of %s %s",
		                       object_label(o), flaw_named(
		                               o->mail_nickname,
		                               f.of[FLAW_FORM],
		                               check_arena(c))),
	});
}

static const struct rule rules[] = {
	{
		.id = "mailnickname-missing",
		.severity = SEVERITY_MEDIUM,
		.side = SIDE_AD, .kinds = KINDS_SYNCED,
		.attrs = ATTRS(ATTR_MAIL_NICKNAME),
		.any_attr = ATTRS(ATTR_REMOTE_TYPE, ATTR_RECIPIENT_TYPE),
		.needs = NEED_JOINED | NEED_OTHERS,
		.in_scope_only = true,
		.check = check_nickname_missing,
		.title = "Exchange recipient without an alias (mailNickname)",
		.why = "The sync engine passes Exchange attributes on only "
		       "for objects that have a mailNickname.",
		.fix = "In AD, set mailNickname to the alias.",
		.source = DOC_DEFAULTS,
	},
	{
		.id = "hidden-without-nickname",
		.severity = SEVERITY_MEDIUM,
		.side = SIDE_AD, .kinds = KINDS_SYNCED,
		.attrs = ATTRS(ATTR_MAIL_NICKNAME, ATTR_HIDDEN),
		.needs = NEED_JOINED | NEED_OTHERS,
		.in_scope_only = true,
		.replica = REPLICA_NOT_JUDGED,
		.check = check_hidden,
		.title = "Hidden from address lists in AD, but visible in "
		         "Exchange Online",
		.why = "msExchHideFromAddressLists reaches the tenant only "
		       "beside a mailNickname: without one, everyone sees the "
		       "object in the address list there.",
		.fix = "In AD, set mailNickname to the alias.",
		.source = DOC_DEFAULTS,
		.confidence = CONFIDENCE_DERIVED,
	},
	{
		.id = "mailnickname-malformed",
		.severity = SEVERITY_MEDIUM,
		.side = SIDE_AD, .kinds = KINDS_OF_RECIPIENTS,
		.attrs = ATTRS(ATTR_MAIL_NICKNAME),
		.needs = NEED_JOINED | NEED_OTHERS,
		.in_scope_only = true,
		.check = check_nickname_malformed,
		.title = "Malformed alias (mailNickname)",
		.why = "The tenant replaces characters that are not allowed in "
		       "an alias, or refuses the object.",
		.fix = "In AD, correct mailNickname.",
		.source = DOC_PREP, .part = "mailNickname",
		.limit = "64 characters",
	},
};

const struct family alias_rules = { rules, sizeof(rules) / sizeof(rules[0]) };
