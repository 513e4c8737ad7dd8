/* What is wrong with mailNickname, the alias. */
#include <ctype.h>
#include <string.h>

#include "analyze/model/model.h"
#include "analyze/object/object.h"
#include "analyze/rules/rule.h"
#include "base/invisible_text.h"

#define RECIPIENTS \
	(KIND_BIT(KIND_USER) | KIND_BIT(KIND_GROUP) | KIND_BIT(KIND_CONTACT))

static void
check_nickname_missing(struct check *c, const struct object *o)
{
	const char *what = o->ad.remote_type == YES
		? "msExchRemoteRecipientType" : o->ad.recipient_type
		? "msExchRecipientTypeDetails" : NULL;

	if (o->mail_nickname || !what || check_is_behind(o))
		return;
	check_fail(c, o, &(struct failure){
		.severity = check_severity(c), .attribute = "mailNickname",
		.expected = "the alias",
		.message = check_textf(c, "%s has %s but no mailNickname: its "
		                       "Exchange attributes will not reach the "
		                       "tenant", object_label(o), what),
	});
}

/* The rule that hides it in Exchange Online applies only beside an alias. */
static void
check_hidden(struct check *c, const struct object *o)
{
	if (o->ad.hidden != YES || o->mail_nickname || check_is_behind(o))
		return;
	check_fail(c, o, &(struct failure){
		.severity = check_severity(c), .attribute = "mailNickname",
		.expected = "the alias",
		.message = check_textf(c, "%s is hidden from address lists in "
		                       "AD but has no mailNickname: it will be "
		                       "shown in the tenant",
		                       object_label(o)),
	});
}

/* U+00A1 to U+00FF in UTF-8, which an alias may have. */
static bool
is_latin(const char *text)
{
	unsigned char a = (unsigned char)text[0], b = (unsigned char)text[1];

	return (a == 0xC2 && b >= 0xA1) || a == 0xC3;
}

/*
 * By "Set-Mailbox", parameter Alias: letters, digits, ! # % * + - / = ? ^ _ ~,
 * quoted also $ & ' ` { } |, and U+00A1 to U+00FF; Connect refuses &.
 */
static const char *
nickname_fault(const char *alias)
{
	if (strlen(alias) > 64)
		return "is longer than 64 characters";
	if (alias[0] == '.' || alias[strlen(alias) - 1] == '.' ||
	    strstr(alias, ".."))
		return "begins or ends with a dot, or has two in a row";
	if (invisible_any(alias))
		return "has an invisible character";
	if (strchr(alias, '&'))
		return "has an &, which is not synchronized";
	for (; *alias; alias += is_latin(alias) ? 2 : 1)
		if ((*alias & 0x80 && !is_latin(alias)) ||
		    isspace((unsigned char)*alias) ||
		    strchr("\\<>();:,[]\"@", *alias))
			return "has a character that an alias cannot have";
	return NULL;
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
	const char *fault = o->mail_nickname
		? nickname_fault(o->mail_nickname) : NULL;

	if (!fault || is_held(o))
		return;
	check_fail(c, o, &(struct failure){
		.severity = check_severity(c), .attribute = "mailNickname",
		.observed = o->mail_nickname,
		.expected = "letters, digits, ! # % * + - / = ? ^ _ ~, and "
		            "dots between them",
		.message = check_textf(c, "The mailNickname of %s %s",
		                       object_label(o), fault),
	});
}

static const struct rule rules[] = {
	{
		.id = "mailnickname-missing",
		.severity = SEVERITY_MEDIUM,
		.side = SIDE_AD, .kinds = RECIPIENTS,
		.attrs = ATTRS(ATTR_MAIL_NICKNAME),
		.needs = NEED_JOINED,
		.in_scope_only = true,
		.check = check_nickname_missing,
		.title = "Exchange attributes without mailNickname",
		.why = "The sync engine passes Exchange attributes on only "
		       "for objects that have a mailNickname.",
		.fix = "In AD, set mailNickname to the alias.",
		.source = DOC_DEFAULTS,
	},
	{
		.id = "hidden-without-nickname",
		.severity = SEVERITY_MEDIUM,
		.side = SIDE_AD, .kinds = RECIPIENTS,
		.attrs = ATTRS(ATTR_MAIL_NICKNAME, ATTR_HIDDEN),
		.needs = NEED_JOINED,
		.in_scope_only = true,
		.replica = REPLICA_NOT_JUDGED,
		.check = check_hidden,
		.title = "Hidden from address lists, but not in the tenant",
		.why = "msExchHideFromAddressLists reaches the tenant only "
		       "beside a mailNickname: without one, everybody sees the "
		       "object in the address list there.",
		.fix = "In AD, set mailNickname to the alias.",
		.source = DOC_DEFAULTS,
		.confidence = CONFIDENCE_DERIVED,
	},
	{
		.id = "mailnickname-malformed",
		.severity = SEVERITY_MEDIUM,
		.side = SIDE_AD, .kinds = RECIPIENTS,
		.attrs = ATTRS(ATTR_MAIL_NICKNAME),
		.needs = NEED_JOINED,
		.in_scope_only = true,
		.check = check_nickname_malformed,
		.title = "Malformed mailNickname",
		.why = "The tenant replaces characters that an alias cannot "
		       "have, or refuses the object.",
		.fix = "In AD, correct mailNickname.",
		.source = DOC_PREP, .part = "mailNickname",
		.limit = "64 characters",
	},
};

const struct family alias_rules = { rules, sizeof(rules) / sizeof(rules[0]) };
