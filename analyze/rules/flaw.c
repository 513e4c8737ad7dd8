/*
 * Flaws of addresses, sign-in names and aliases that have a rule of their own:
 * what nobody sees, letters outside ASCII, lengths. What is left is malformed,
 * which the rules on the attributes tell.
 */
#include <string.h>

#include "analyze/model/model.h"
#include "analyze/object/object.h"
#include "analyze/rules/ascii_hint.h"
#include "analyze/rules/propose.h"
#include "analyze/rules/rule.h"
#include "analyze/rules/told.h"
#include "base/invisible_text.h"
#include "base/utf8.h"

/* A value with the flaw that is looked for. */
struct flawed {
	const char *attribute, *what;    /* "mail", "The mail attribute" */
	const char *value;               /* as AD has it */
	const char *fault;               /* it ..., the end of a sentence */
	enum flaw flaw;
};

static const char *
told(struct check *c, const struct flawed *v)
{
	return flaw_named(address_body(v->value), v->fault, check_arena(c));
}

typedef void tell_flaw(struct check *c, const struct object *o,
                       const struct flawed *v);

static void
each_proxy(struct check *c, const struct object *o, enum flaw flaw,
           tell_flaw *tell)
{
	struct flaws f;

	for (size_t i = 0; i < o->proxy_count; i++)
		if (proxy_flaws(o->proxies[i], &f) && f.of[flaw])
			tell(c, o, &(struct flawed){
				"proxyAddresses", "An address", o->proxies[i],
				f.of[flaw], flaw
			});
}

static void
each_address(struct check *c, const struct object *o, enum flaw flaw,
             tell_flaw *tell)
{
	struct flaws f;

	if (!check_has_flaws(c))
		return;
	if (o->mail && address_flaws(o->mail, &f) && f.of[flaw])
		tell(c, o, &(struct flawed){
			"mail", "The mail attribute", o->mail, f.of[flaw], flaw
		});
	each_proxy(c, o, flaw, tell);
	if (o->target && target_flaws(o->target, &f) && f.of[flaw])
		tell(c, o, &(struct flawed){
			"targetAddress", "The targetAddress", o->target,
			f.of[flaw], flaw
		});
}

/* The tenant has taken it as it is. */
static bool
is_text_held(const struct object *o, enum account_name which, const char *text)
{
	const char *held = o->links.account
		? account_text(o->links.account, which) : NULL;

	return held && utf8_same_folded(held, text);
}

static bool
is_address_held(const struct object *o, const char *value)
{
	return o->links.account &&
	       account_has(o->links.account,
	                   unique_hash(UNIQUE_ADDRESS, address_body(value)));
}

static void
each_name(struct check *c, const struct object *o, enum flaw flaw,
          tell_flaw *tell)
{
	struct flaws f;

	if (!check_upn_flaws(c, o, &f) || !f.of[flaw] ||
	    is_text_held(o, ACCOUNT_UPN, o->upn) || check_is_behind(o) ||
	    signs_in_by_mail(c, o))
		return;
	tell(c, o, &(struct flawed){
		"userPrincipalName", "The userPrincipalName", o->upn,
		f.of[flaw], flaw
	});
}

static void
each_alias(struct check *c, const struct object *o, enum flaw flaw,
           tell_flaw *tell)
{
	const char *alias = o->mail_nickname;
	struct flaws f;

	if (!check_has_flaws(c) || !alias || !alias_flaws(alias, &f) ||
	    !f.of[flaw] || is_text_held(o, ACCOUNT_NICKNAME, alias))
		return;
	tell(c, o, &(struct flawed){
		"mailNickname", "The mailNickname", alias, f.of[flaw], flaw
	});
}

/* ---- what nobody sees ---- */

/* Sync takes blanks off the ends of users' addresses, as RULEXML has it. */
static bool
is_trimmed(struct check *c, const struct object *o, const struct flawed *v)
{
	static const char blanks[] = " \t\r\n";
	const char *from = v->value + strspn(v->value, blanks);
	size_t len = strlen(from);

	if (o->kind != KIND_USER || (strcmp(v->attribute, "mail") != 0 &&
	                             strcmp(v->attribute, "proxyAddresses")))
		return false;
	while (len && strchr(blanks, from[len - 1]))
		len--;
	return len && !invisible_or_space(arena_strndup(check_arena(c), from,
	                                                len));
}

static enum severity
unseen_severity(struct check *c, const struct object *o,
                const struct flawed *v)
{
	if (is_trimmed(c, o, v))
		return SEVERITY_LOW;
	return strcmp(v->attribute, "userPrincipalName") == 0
		? check_sign_in_severity(o, check_severity(c))
		: check_severity(c);
}

static void
tell_unseen(struct check *c, const struct object *o, const struct flawed *v)
{
	struct remedy is = remedy_unclean(c, o, v->attribute, v->value);

	check_fail(c, o, &(struct failure){
		.severity = unseen_severity(c, o, v),
		.attribute = v->attribute, .observed = v->value,
		.expected = remedy_wanted(&is, "the same value without the "
		                          "invisible character"),
		.fix = remedy_fix(c, &is), REMEDY(is),
		.shared = { v->attribute, "Space or invisible character in {}",
		            NULL },
		.message = check_textf(c, "%s of %s %s%s", v->what,
		                       object_label(o), told(c, v),
		                       is_trimmed(c, o, v)
		                       ? ": sync takes that off" : ""),
	});
}

static void
check_unseen_in(struct check *c, const struct object *o)
{
	each_name(c, o, FLAW_UNSEEN, tell_unseen);
	each_alias(c, o, FLAW_UNSEEN, tell_unseen);
	each_address(c, o, FLAW_UNSEEN, tell_unseen);
}

/* ---- letters and lengths ---- */

static const char too_long[] =
	"a shorter one has to be chosen: the cut one may be someone else's";

/* What is wrong with it no character less would mend. */
static struct remedy
remedy_whole(struct check *c, const struct object *o, const struct flawed *v)
{
	static const char *const why[FLAW_COUNT] = {
		[FLAW_LETTER] = "how a name is written in ASCII only the one "
		                "who bears it can say",
		[FLAW_LENGTH] = too_long,
		[FLAW_PART] = too_long,
		[FLAW_IDN] = "the domain's form in ASCII (xn--) is to be asked "
		             "of the owner of the domain",
	};
	struct remedy is = { .unproposed = NULL };

	if (strcmp(v->attribute, "mail") == 0)
		is = remedy_mail(c, o);
	return is.proposed.attribute ? is : remedy_none(why[v->flaw]);
}

/* NULL: as the rule says. */
static const char *
fix_whole(struct check *c, const struct object *o, const struct flawed *v,
          const struct remedy *is)
{
	const char *hint = v->flaw != FLAW_LETTER || check_is_screening(c) ||
		is->proposed.attribute ? NULL
		: ascii_hint(c, o, address_body(v->value));

	return hint ? check_textf(c, "In AD, give the object an address in "
	                          "ASCII letters instead, such as %s, if no "
	                          "one else uses it and the bearer writes it "
	                          "so, and tell those who write to it.", hint)
		: remedy_fix(c, is);
}

static void
tell_address(struct check *c, const struct object *o, const struct flawed *v)
{
	static const char *const expected[FLAW_COUNT] = {
		[FLAW_LETTER] = "letters of ASCII before the @",
		[FLAW_LENGTH] = "at most 256 characters",
		[FLAW_PART] = "at most 64 characters before the @, 255 behind "
		              "it, and 63 between two dots there",
		[FLAW_IDN] = "a domain in letters of ASCII (xn--)",
	};
	struct remedy is;

	if (is_address_held(o, v->value))
		return;
	is = remedy_whole(c, o, v);
	check_fail(c, o, &(struct failure){
		.severity = check_severity(c), .attribute = v->attribute,
		.observed = v->value, REMEDY(is),
		.expected = remedy_wanted(&is, expected[v->flaw]),
		.fix = fix_whole(c, o, v, &is),
		.message = check_textf(c, "%s of %s %s", v->what,
		                       object_label(o), told(c, v)),
	});
}

static void
check_letters(struct check *c, const struct object *o)
{
	each_address(c, o, FLAW_LETTER, tell_address);
}

static void
check_idn(struct check *c, const struct object *o)
{
	each_address(c, o, FLAW_IDN, tell_address);
}

static void
check_length(struct check *c, const struct object *o)
{
	each_address(c, o, FLAW_LENGTH, tell_address);
}

static void
check_parts(struct check *c, const struct object *o)
{
	each_address(c, o, FLAW_PART, tell_address);
}

static void
tell_name(struct check *c, const struct object *o, const struct flawed *v)
{
	const char *domain = address_domain(v->value);
	struct remedy is;

	/* A domain that the tenant has verified is not too long for it. */
	if (v->flaw == FLAW_PART && domain &&
	    model_is_verified(check_model(c), domain))
		return;
	is = remedy_upn(c, o);
	if (!is.proposed.attribute)
		is = remedy_none(too_long);
	check_fail(c, o, &(struct failure){
		.severity = check_sign_in_severity(o, check_severity(c)),
		.attribute = v->attribute, .observed = v->value, REMEDY(is),
		.expected = remedy_wanted(&is, "at most 64 characters before "
		                          "the @ and 48 behind it"),
		.fix = remedy_fix(c, &is),
		.message = check_textf(c, "%s of %s %s", v->what,
		                       object_label(o), told(c, v)),
	});
}

static void
check_name_length(struct check *c, const struct object *o)
{
	each_name(c, o, FLAW_LENGTH, tell_name);
	each_name(c, o, FLAW_PART, tell_name);
}

static void
tell_alias(struct check *c, const struct object *o, const struct flawed *v)
{
	check_fail(c, o, &(struct failure){
		.severity = check_severity(c), .attribute = v->attribute,
		.observed = v->value, .expected = "at most 64 characters",
		.unproposed = too_long,
		.message = check_textf(c, "%s of %s %s", v->what,
		                       object_label(o), told(c, v)),
	});
}

static void
check_alias_length(struct check *c, const struct object *o)
{
	each_alias(c, o, FLAW_LENGTH, tell_alias);
}

/* ---- names for people ---- */

static void
tell_long(struct check *c, const struct object *o, const char *attribute,
          const char *name, size_t most)
{
	size_t units;

	if (!name || !utf8_is_longer(name, most))
		return;
	units = utf8_units(name);
	check_fail(c, o, &(struct failure){
		.severity = check_severity(c), .attribute = attribute,
		.observed = name, .unproposed = too_long,
		.shared = { attribute, "{} that is too long", NULL },
		.expected = check_textf(c, "at most %zu characters", most),
		.message = check_textf(c, "The %s of %s has %zu characters, "
		                       "%zu more than the tenant takes",
		                       attribute, object_label(o), units,
		                       units - most),
	});
}

static void
check_names(struct check *c, const struct object *o)
{
	enum { DISPLAY_MOST = 256, NAME_MOST = 64 };

	tell_long(c, o, "displayName", o->display_name, DISPLAY_MOST);
	tell_long(c, o, "givenName", o->given_name, NAME_MOST);
	tell_long(c, o, "sn", o->surname, NAME_MOST);
}

#define ADDRESSES ATTRS(ATTR_MAIL, ATTR_PROXIES, ATTR_TARGET)

static const struct rule rules[] = {
	{
		.id = "value-edge-space",
		.severity = SEVERITY_MEDIUM,
		.side = SIDE_AD, .kinds = KINDS_OF_RECIPIENTS,
		.each_attr = ATTRS(ATTR_UPN, ATTR_MAIL, ATTR_MAIL_NICKNAME,
		                   ATTR_PROXIES, ATTR_TARGET),
		.needs = NEED_JOINED | NEED_OTHERS,
		.in_scope_only = true,
		.check = check_unseen_in,
		.title = "Space or invisible character in a value",
		.why = "A space or an invisible character makes a different "
		       "name or address: the value is refused, or mail and "
		       "sign-in use a name that no one can type. Sync takes "
		       "spaces off the ends of mail and proxyAddresses, not of "
		       "userPrincipalName.",
		.fix = "In AD, write the value again without the character.",
		.source = DOC_PREP,
	},
	{
		.id = "proxy-diacritics",
		.severity = SEVERITY_MEDIUM,
		.side = SIDE_AD, .kinds = KINDS_OF_RECIPIENTS,
		.each_attr = ADDRESSES,
		.needs = NEED_JOINED | NEED_OTHERS,
		.in_scope_only = true,
		.check = check_letters,
		.title = "Address with non-ASCII characters before the @",
		.why = "Synchronization takes no diacritics and no other "
		       "non-ASCII characters before the @ of an address, and "
		       "many mail systems cannot write to one.",
		.fix = "In AD, give the object an address in ASCII letters "
		       "instead, and tell those who write to it.",
		.source = DOC_PREP, .part = "proxyAddresses",
	},
	{
		.id = "proxy-idn",
		.severity = SEVERITY_LOW,
		.profile = PROFILE_STRICT,
		.side = SIDE_AD, .kinds = KINDS_OF_RECIPIENTS,
		.each_attr = ADDRESSES,
		.needs = NEED_JOINED | NEED_OTHERS,
		.in_scope_only = true,
		.check = check_idn,
		.title = "Address with non-ASCII characters in its domain",
		.why = "Mail goes by the form of the domain that is written in "
		       "ASCII (xn--): programs that do not know the other one "
		       "cannot write to it, and take the two for different "
		       "addresses.",
		.fix = "In AD, write the domain of the address in its form in "
		       "ASCII, which begins with xn--.",
		.source = DOC_IDN, .part = "2.3.2.1",
	},
	{
		.id = "address-too-long",
		.severity = SEVERITY_MEDIUM,
		.side = SIDE_AD, .kinds = KINDS_OF_RECIPIENTS,
		.each_attr = ADDRESSES,
		.needs = NEED_JOINED | NEED_OTHERS,
		.in_scope_only = true,
		.check = check_length,
		.title = "Address of more than 256 characters",
		.why = "The tenant takes no longer address: it drops it, or "
		       "refuses the object.",
		.fix = "In AD, give the object a shorter address. Do not just "
		       "cut it: the cut one may be someone else's.",
		.source = DOC_PREP, .part = "proxyAddresses",
	},
	{
		.id = "address-part-too-long",
		.severity = SEVERITY_MEDIUM,
		.side = SIDE_AD, .kinds = KINDS_OF_RECIPIENTS,
		.each_attr = ADDRESSES,
		.needs = NEED_JOINED | NEED_OTHERS,
		.in_scope_only = true,
		.check = check_parts,
		.title = "Address with a part that is too long",
		.why = "No mail system need take more than 64 characters "
		       "before the @, and no domain name has more than 255, "
		       "or more than 63 between two dots.",
		.fix = "In AD, give the object a shorter address. Do not just "
		       "cut it: the cut one may be someone else's.",
		.source = DOC_SMTP, .part = "4.5.3.1",
	},
	{
		.id = "upn-too-long",
		.severity = SEVERITY_HIGH,
		.side = SIDE_AD, .kinds = KIND_BIT(KIND_USER),
		.attrs = ATTRS(ATTR_UPN),
		.needs = NEED_JOINED | NEED_OTHERS,
		.in_scope_only = true,
		.check = check_name_length,
		.title = "userPrincipalName that is too long",
		.why = "The tenant takes sign-in names of at most 113 "
		       "characters, 64 before the @ and 48 behind it: with a "
		       "longer one the user is not synchronized.",
		.fix = "In AD, set userPrincipalName to a shorter name, and "
		       "tell the user.",
		.source = DOC_PREP, .part = "userPrincipalName",
	},
	{
		.id = "nickname-too-long",
		.severity = SEVERITY_MEDIUM,
		.side = SIDE_AD, .kinds = KINDS_OF_RECIPIENTS,
		.attrs = ATTRS(ATTR_MAIL_NICKNAME),
		.needs = NEED_JOINED,
		.in_scope_only = true,
		.check = check_alias_length,
		.title = "mailNickname of more than 64 characters",
		.why = "The tenant takes aliases of at most 64 characters: "
		       "with a longer one the object is refused.",
		.fix = "In AD, set mailNickname to a shorter alias.",
		.source = DOC_ALIAS, .part = "Alias",
	},
	{
		.id = "name-too-long",
		.severity = SEVERITY_LOW,
		.side = SIDE_AD, .kinds = KINDS_OF_RECIPIENTS,
		.each_attr = ATTRS(ATTR_DISPLAY_NAME, ATTR_GIVEN_NAME,
		                   ATTR_SURNAME),
		.needs = NEED_JOINED,
		.in_scope_only = true,
		.check = check_names,
		.title = "Name that is too long",
		.why = "The tenant takes a displayName of at most 256 "
		       "characters, a givenName and a surname of at most 64.",
		.fix = "In AD, shorten the name.",
		.source = DOC_PREP, .part = "displayName, givenName",
	},
};

const struct family flaw_rules = { rules, sizeof(rules) / sizeof(rules[0]) };
