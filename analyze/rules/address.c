/* The mail attributes in AD: missing, malformed, contradictory. */
#include <string.h>

#include "analyze/model/model.h"
#include "analyze/object/object.h"
#include "analyze/rules/propose.h"
#include "analyze/rules/rule.h"
#include "analyze/rules/suggest.h"
#include "base/dn.h"
#include "base/invisible_text.h"
#include "base/utf8.h"

static size_t
count_type(const struct object *o, enum address_type type)
{
	size_t n = 0;

	for (size_t i = 0; i < o->proxy_count; i++)
		n += address_type(o->proxies[i]) == type;
	return n;
}

/* The account, which is in sync, has a primary address of its own domain. */
static bool
is_held_as_primary(const struct object *o)
{
	const char *primary = o->forecast.line.primary_smtp;
	const char *domain = primary ? address_domain(primary) : NULL;

	return o->forecast.line.action == ACTION_NONE &&
	       o->forecast.cause == PRIMARY_HELD && domain &&
	       !domain_is_initial(domain);
}

static void
check_no_primary(struct check *c, const struct object *o)
{
	struct proposal to;
	struct remedy is;

	if (count_type(o, ADDRESS_PRIMARY) ||
	    !count_type(o, ADDRESS_SECONDARY))
		return;
	to = suggest_address(c, o);
	is = remedy_primary(c, o, &to);
	check_fail(c, o, &(struct failure){
		.severity = is_held_as_primary(o) ? SEVERITY_LOW
		                                  : check_severity(c),
		.attribute = "proxyAddresses", .observed = o->proxies[0],
		.key = "",
		.expected = "one value that begins with SMTP: in upper case",
		.message = check_textf(c, "%s has no primary address (SMTP:) "
		                       "in proxyAddresses", object_label(o)),
		.unread = to.unread, REMEDY(is),
		.fix = to.address ? check_textf(c, "In AD, write SMTP:%s into "
			"proxyAddresses%s%s", to.address,
			suggest_mail_too(o, to.address) ? ", and set mail to "
			: "", suggest_mail_too(o, to.address) ? to.address
			: "") : NULL,
	});
}

static void
check_several(struct check *c, const struct object *o)
{
	const char *first = NULL, *second = NULL;
	struct remedy is;

	for (size_t i = 0; i < o->proxy_count && !second; i++) {
		if (address_type(o->proxies[i]) != ADDRESS_PRIMARY)
			continue;
		if (!first)
			first = o->proxies[i];
		else if (!utf8_same_folded(first, o->proxies[i]))
			second = o->proxies[i];
	}
	if (!second)
		return;
	is = remedy_several(c, o);
	check_fail(c, o, &(struct failure){
		.severity = check_severity(c), .attribute = "proxyAddresses",
		.observed = check_textf(c, "%s; %s", first, second), .key = "",
		.expected = "one value that begins with SMTP: in upper case",
		.message = check_textf(c, "%s has %zu primary addresses",
		                       object_label(o),
		                       count_type(o, ADDRESS_PRIMARY)),
		.fix = is.proposed.new ? check_textf(c, "In AD, replace %s in "
			"proxyAddresses by %s: mail says that the other is "
			"meant", is.proposed.old, is.proposed.new) : NULL,
		REMEDY(is),
	});
}

static void
check_proxy_malformed(struct check *c, const struct object *o)
{
	for (size_t i = 0; check_has_flaws(c) && i < o->proxy_count; i++) {
		struct flaws f;
		struct remedy is;

		if (!proxy_flaws(o->proxies[i], &f) || !f.of[FLAW_FORM])
			continue;
		is = remedy_proxy(c, o, o->proxies[i]);
		check_fail(c, o, &(struct failure){
			.severity = check_severity(c),
			.attribute = "proxyAddresses",
			.observed = o->proxies[i],
			.expected = remedy_wanted(&is, "a value such as "
			                   "smtp:name@example.com"),
			.fix = remedy_fix(c, &is), REMEDY(is),
			.message = check_textf(c, "An address of %s %s",
			                       object_label(o),
			                       flaw_named(address_body(
			                               o->proxies[i]),
			                               f.of[FLAW_FORM],
			                               check_arena(c))),
		});
	}
}

static void
check_mail_malformed(struct check *c, const struct object *o)
{
	struct flaws f;
	struct remedy is;

	if (!check_has_flaws(c) || !o->mail ||
	    !address_flaws(o->mail, &f) || !f.of[FLAW_FORM])
		return;
	is = remedy_mail(c, o);
	check_fail(c, o, &(struct failure){
		.severity = check_severity(c), .attribute = "mail",
		.observed = o->mail,
		.expected = remedy_wanted(&is, "an address such as "
		                   "name@example.com"),
		.fix = remedy_fix(c, &is), REMEDY(is),
		.message = check_textf(c, "The mail attribute of %s %s",
		                       object_label(o), flaw_named(
		                               o->mail, f.of[FLAW_FORM],
		                               check_arena(c))),
	});
}

/* Of several primary addresses any one may be first in the list. */
static bool
has_primary(const struct object *o, const char *address)
{
	for (size_t i = 0; i < o->proxy_count; i++)
		if (address_type(o->proxies[i]) == ADDRESS_PRIMARY &&
		    utf8_same_folded(address_body(o->proxies[i]), address))
			return true;
	return false;
}

static void
check_mail_differs(struct check *c, const struct object *o)
{
	const char *primary = object_primary(o);
	struct remedy is;

	if (!o->mail || !primary || has_primary(o, o->mail))
		return;
	/* An SMTP: value that cannot be taken is a finding of its own. */
	if (o->forecast.cause != PRIMARY_NONE &&
	    o->forecast.cause != PRIMARY_FROM_PROXIES)
		return;
	is = remedy_mail(c, o);
	check_fail(c, o, &(struct failure){
		.severity = check_severity(c), .attribute = "mail",
		.observed = o->mail, REMEDY(is),
		.expected = remedy_wanted_mail(c, o, &is),
		.message = check_textf(c, "%s has mail %s, but the primary "
		                       "address %s", object_label(o), o->mail,
		                       primary),
	});
}

/* What the tenant makes of the address before the @; NULL: it stays. */
static const char *
rewritten(struct check *c, const char *address)
{
	char *out;

	if (!address_is_replaced(address) || address_fault(address))
		return NULL;
	out = arena_strdup(check_arena(c), address);
	for (char *p = out; *p != '@'; p++)
		if (strchr(address_replaced, *p))
			*p = '_';
	return out;
}

static bool
will_have(const struct object *o, const char *address)
{
	const struct forecast *f = &o->forecast.line;

	for (size_t i = 0; i < f->proxy_count; i++)
		if (address_type(f->proxy_addresses[i]) <= ADDRESS_SECONDARY &&
		    utf8_same_folded(address_body(f->proxy_addresses[i]),
		                     address))
			return true;
	return f->mail && utf8_same_folded(f->mail, address);
}

static void
report_rewritten(struct check *c, const struct object *o,
                 const char *attribute, const char *value)
{
	const char *address = address_body(value);
	const char *to = rewritten(c, address);
	struct remedy is;

	/* What documents say need not come true: it has it as it is. */
	if (!to || !will_have(o, to) ||
	    account_has_address(o->links.account, address))
		return;
	is = remedy_rewritten(c, o, attribute, value, to);
	check_fail(c, o, &(struct failure){
		.severity = check_severity(c), .attribute = attribute,
		.observed = address, .expected = to, REMEDY(is),
		.message = check_textf(c, "%s has the address %s, of which the "
		                       "tenant makes %s: mail to the first is "
		                       "lost", object_label(o), address, to),
		.fix = check_textf(c, "In AD, give %s an address without the "
		                   "characters %s before the @ in place of %s, "
		                   "and tell those who write to it",
		                   object_label(o), address_replaced, address),
	});
}

static void
check_rewritten(struct check *c, const struct object *o)
{
	for (size_t i = 0; i < o->proxy_count; i++)
		if (address_type(o->proxies[i]) <= ADDRESS_SECONDARY)
			report_rewritten(c, o, "proxyAddresses",
			                 o->proxies[i]);
	if (!o->proxy_count && o->mail)
		report_rewritten(c, o, "mail", o->mail);
}

static void
check_target(struct check *c, const struct object *o)
{
	struct flaws f;
	struct remedy is;

	if (!check_has_flaws(c) || !o->target ||
	    !target_flaws(o->target, &f) || !f.of[FLAW_FORM])
		return;
	is = remedy_target(c, o);
	check_fail(c, o, &(struct failure){
		.severity = check_severity(c), .attribute = "targetAddress",
		.observed = o->target,
		.expected = remedy_wanted(&is, "a value such as "
		                   "SMTP:name@example.com"),
		.fix = remedy_fix(c, &is), REMEDY(is),
		.message = check_textf(c, "The targetAddress of %s %s",
		                       object_label(o), flaw_named(
		                               address_body(o->target),
		                               f.of[FLAW_FORM],
		                               check_arena(c))),
	});
}

static bool
is_blank(const char *text)
{
	/* Nearly all begin with a letter, and are not looked at further. */
	return !*text || (((unsigned char)*text <= ' ' ||
	                   (unsigned char)*text >= 0x7F) &&
	                  invisible_all(text));
}

static void
check_display_name(struct check *c, const struct object *o)
{
	bool blank = o->display_name && is_blank(o->display_name);
	bool lesser = !blank && o->kind != KIND_GROUP;
	struct remedy is;

	if ((o->display_name && !blank) || check_is_behind(o))
		return;
	if (o->kind == KIND_GROUP && !object_is_mail_enabled(o) && !blank)
		return;
	is = remedy_display_name(c, o);
	check_fail(c, o, &(struct failure){
		.severity = lesser ? SEVERITY_INFO : check_severity(c),
		.attribute = "displayName", .observed = o->display_name,
		.expected = remedy_wanted(&is, "the name that people should "
		                          "see"),
		.fix = remedy_fix(c, &is), REMEDY(is),
		.message = check_textf(c, "%s has %s", object_label(o),
		                       blank ? "a displayName of spaces only"
		                       : "no displayName; the tenant will show "
		                       "its cn"),
	});
}

static const struct rule rules[] = {
	{
		.id = "proxy-no-primary",
		.severity = SEVERITY_HIGH,
		.side = SIDE_AD, .kinds = KINDS_OF_RECIPIENTS,
		.attrs = ATTRS(ATTR_PROXIES),
		.needs = NEED_FORECAST | NEED_JOINED,
		.in_scope_only = true,
		.replica = REPLICA_NOT_JUDGED,
		.check = check_no_primary,
		.title = "proxyAddresses has no primary address (SMTP:)",
		.why = "Any value in proxyAddresses hides mail and the UPN. "
		       "Without a value in upper-case SMTP: the "
		       "onmicrosoft.com address becomes the primary address.",
		.fix = "In AD, write one value of proxyAddresses with "
		       "upper-case SMTP:.",
		.source = DOC_UNSYNCED, .part = "KB2643629",
	},
	{
		.id = "proxy-several-primaries",
		.severity = SEVERITY_HIGH,
		.side = SIDE_AD, .kinds = KINDS_OF_RECIPIENTS,
		.attrs = ATTRS(ATTR_PROXIES),
		.needs = NEED_JOINED | NEED_OTHERS,
		.in_scope_only = true,
		.replica = REPLICA_NOT_JUDGED,
		.check = check_several,
		.title = "More than one primary address",
		.why = "A recipient has one primary address. Which of several "
		       "the tenant takes is not documented.",
		.fix = "In AD, keep SMTP: in upper case on one value of "
		       "proxyAddresses and write the others in lower case.",
		.source = DOC_POPULATE, .part = "KB3190357",
		.confidence = CONFIDENCE_DERIVED,
	},
	{
		.id = "proxy-malformed",
		.severity = SEVERITY_MEDIUM,
		.side = SIDE_AD, .kinds = KINDS_OF_RECIPIENTS,
		.attrs = ATTRS(ATTR_PROXIES),
		.needs = NEED_JOINED | NEED_OTHERS,
		.in_scope_only = true,
		.check = check_proxy_malformed,
		.title = "Malformed value in proxyAddresses",
		.why = "The tenant drops malformed addresses, or refuses the "
		       "object.",
		.fix = "In AD, correct or remove the value.",
		.source = DOC_PREP, .part = "proxyAddresses",
		.limit = "256 characters, 64 of them before the @",
	},
	{
		.id = "mail-malformed",
		.severity = SEVERITY_MEDIUM,
		.side = SIDE_AD, .kinds = KINDS_OF_RECIPIENTS,
		.attrs = ATTRS(ATTR_MAIL),
		.needs = NEED_JOINED | NEED_OTHERS,
		.in_scope_only = true,
		.check = check_mail_malformed,
		.title = "Malformed mail attribute",
		.why = "The tenant cannot use the value as an address.",
		.fix = "In AD, correct mail.",
		.source = DOC_PREP, .part = "mail",
		.limit = "256 characters, 64 of them before the @",
	},
	{
		.id = "mail-not-primary",
		.severity = SEVERITY_LOW,
		.side = SIDE_AD, .kinds = KINDS_SYNCED,
		.attrs = ATTRS(ATTR_MAIL, ATTR_PROXIES),
		.needs = NEED_FORECAST | NEED_JOINED,
		.in_scope_only = true,
		.replica = REPLICA_NOT_JUDGED,
		.check = check_mail_differs,
		.title = "mail differs from the primary address",
		.why = "In the tenant, the SMTP: value of proxyAddresses wins "
		       "and mail follows it; people who look into AD see "
		       "another address than mail uses.",
		.fix = "In AD, decide which address is right and make mail "
		       "and the SMTP: value agree.",
		.source = DOC_POPULATE, .part = "KB3190357",
	},
	{
		.id = "address-rewritten",
		.severity = SEVERITY_MEDIUM,
		.side = SIDE_AD, .kinds = KINDS_SYNCED,
		.attrs = ATTRS(ATTR_MAIL, ATTR_PROXIES),
		.needs = NEED_FORECAST | NEED_JOINED,
		.in_scope_only = true,
		.check = check_rewritten,
		.title = "Address that the tenant rewrites",
		.why = "Some characters before the @ become an underscore in "
		       "the tenant. Mail to the address as it is known does "
		       "not arrive.",
		.fix = "In AD, give the object an address without the "
		       "characters ` | = ? / % before the @.",
		.source = DOC_UNDERSCORE,
	},
	{
		.id = "target-malformed",
		.severity = SEVERITY_MEDIUM,
		.side = SIDE_AD, .kinds = KINDS_SYNCED,
		.attrs = ATTRS(ATTR_TARGET),
		.needs = NEED_JOINED | NEED_OTHERS,
		.in_scope_only = true,
		.replica = REPLICA_NOT_JUDGED,
		.check = check_target,
		.title = "Malformed targetAddress",
		.why = "Mail is forwarded to targetAddress; a value without "
		       "prefix or with a broken address leads nowhere.",
		.fix = "In AD, write targetAddress as SMTP:name@domain, or "
		       "clear it.",
		.source = DOC_PREP, .part = "targetAddress",
		.limit = "256 characters, 64 of them before the @",
	},
	{
		.id = "displayname-missing",
		.severity = SEVERITY_LOW,
		.side = SIDE_AD, .kinds = KINDS_SYNCED,
		.attrs = ATTRS(ATTR_DISPLAY_NAME),
		.needs = NEED_JOINED,
		.in_scope_only = true,
		.check = check_display_name,
		.title = "Display name missing",
		.why = "The address list shows displayName. Without one the "
		       "tenant shows the cn, and older tools do not "
		       "synchronize a mail-enabled group at all (KB2508722).",
		.fix = "In AD, set displayName.",
		.source = DOC_PREP, .part = "displayName",
	},
};

const struct family address_rules = {
	rules, sizeof(rules) / sizeof(rules[0])
};
