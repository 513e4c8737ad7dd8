/* IdFix's own rules, of its multi-tenant set: for its profile alone. */
#include "analyze/rules/rule.h"

#include <string.h>

#include "analyze/model/model.h"
#include "analyze/object/object.h"
#include "analyze/policy/policy.h"
#include "analyze/rules/idfix_holders.h"
#include "analyze/rules/idfix_remedy.h"
#include "analyze/rules/idfix_value.h"
#include "analyze/rules/in_use.h"
#include "analyze/rules/running.h"
#include "base/buf.h"
#include "base/mem.h"

/* What is wrong, behind "the ATTRIBUTE of X", and what is wanted. */
static const struct {
	const char *is, *want;
} errors[IDFIX_ERRORS] = {
	[IDFIX_FORMAT] = { "is no address even when it is corrected",
		"name@domain" },
	[IDFIX_BLANK] = { "is empty", "a value" },
	[IDFIX_DUPLICATE] = { "is that of another object, too",
		"a value that no other object has" },
	[IDFIX_CHARACTER] = { "has a character that may not stand there",
		"a value without the characters that IdFix lists" },
	[IDFIX_TOP_LEVEL] = { "ends in no top-level domain of the internet",
		"a domain that is routable" },
	[IDFIX_DOMAIN_PART] = { "has a malformed domain",
		"letters, digits and inner hyphens between periods behind "
		"the @" },
	[IDFIX_LOCAL_PART] = { "is malformed before the @",
		"letters, digits and ! # $ % & ' * + / = ? ^ _ ` { | } ~ - "
		"with single periods between, and one @" },
	[IDFIX_LENGTH] = { "is too long", NULL },
};

/* A value, and all that is told of it. */
struct judged_value {
	struct idfix_value v;
	struct idfix_found found;
	const char *action;        /* of the last test that failed */
};

static struct idfix_found
find_others(struct check *c, const struct idfix_value *v)
{
	struct reading r = {
		.m = c->plan->m, .fetch = c->fetch, .arena = &c->scratch,
		.err = c->err,
	};
	struct idfix_found out = idfix_holders_find(c->plan->idfix, &r, v);

	c->failed |= r.failed;
	return out;
}

/*
 * What IdFix says of a duplicate by what else the object has, if the value is
 * still the attribute's first. Who comes first keeps it: if all of them lost
 * it, nobody would have it.
 */
static const char *
duplicate_action(const struct judged_value *j)
{
	const struct object *o = j->v.o;
	const char *first = idfix_value_of(o, j->v.of, 0);
	bool aliased = o->mail_nickname && *o->mail_nickname;

	if (j->found.is_first || !first || strcmp(first, j->v.now.data) != 0)
		return "EDIT";
	switch (j->v.of) {
	case IDFIX_PROXIES:
		return !idfix_is_smtp(first) ? "EDIT"
			: aliased ? "COMPLETE" : "REMOVE";
	case IDFIX_NICKNAME:
		return o->ad.home_mdb == YES ? "COMPLETE" : "EDIT";
	case IDFIX_TARGET:
		return "EDIT";
	default:
		return aliased ? "COMPLETE" : "EDIT";
	}
}

static void
take_duplicate(struct check *c, struct judged_value *j)
{
	j->found = find_others(c, &j->v);
	if (!j->found.other && !idfix_is_repeated(&j->v))
		return;
	idfix_found(&j->v, IDFIX_BIT(IDFIX_DUPLICATE));
	j->action = duplicate_action(j);
}

static void
run_tests(struct check *c, struct judged_value *j)
{
	size_t at = 0, before;

	while (idfix_next(&j->v, &at))
		take_duplicate(c, j);
	/* The last that failed decides: none behind duplicates does more. */
	before = j->v.found_count;
	if (before && !(j->v.found[before - 1] & IDFIX_BIT(IDFIX_DUPLICATE)))
		j->action = "EDIT";
}

/* "is too long, and is that of CN=...": each kind once. */
static const char *
tell_errors(struct check *c, const struct judged_value *j)
{
	struct buf out = { 0 };
	const char *text;

	for (int e = 0; e < IDFIX_ERRORS; e++) {
		if (!idfix_has(&j->v, (enum idfix_error)e))
			continue;
		buf_adds(&out, out.len ? ", and " : "");
		if (e == IDFIX_LENGTH)
			buf_addf(&out, "is longer than %u characters",
			         idfix_limit(&j->v));
		else if (e == IDFIX_DUPLICATE && j->found.other)
			buf_addf(&out, "is that of %s%s, too",
			         object_described(j->found.other,
			                          check_arena(c)),
			         j->found.several ? " and others" : "");
		else
			buf_adds(&out, errors[e].is);
	}
	text = check_textf(c, "%s", buf_text(&out));
	buf_release(&out);
	return text;
}

static const char *
want_of(struct check *c, const struct judged_value *j)
{
	for (int e = 0; e < IDFIX_LENGTH; e++)
		if (idfix_has(&j->v, (enum idfix_error)e))
			return errors[e].want;
	return check_textf(c, "at most %u characters", idfix_limit(&j->v));
}

static const char *
names_of(struct check *c, const struct idfix_value *v)
{
	struct buf out = { 0 };
	const char *text;

	idfix_errors(v, &out);
	text = check_textf(c, "%s", buf_text(&out));
	buf_release(&out);
	return text;
}

static const char *
fix_of(struct check *c, const struct judged_value *j,
       const struct remedy *is, const char *update)
{
	const char *name = idfix_attribute_name(j->v.of);

	if (is->proposed.attribute)
		return remedy_fix(c, is);

	if (strcmp(j->action, "REMOVE") == 0)
		return check_textf(c, "In AD, remove the value from %s, or "
		                   "from the other object.", name);
	if (*update && (!j->v.was || strcmp(update, j->v.was) != 0))
		return check_textf(c, "In AD, check whether %s should be %s.",
		                   name, update);
	return NULL;
}

static const char *
class_of(const struct object *o)
{
	return o->ad.inet_org_person == YES ? "inetOrgPerson"
	                                    : kind_name(o->kind);
}

static void
tell(struct check *c, const struct judged_value *j)
{
	const char *attribute = idfix_attribute_name(j->v.of);
	const char *names = names_of(c, &j->v);
	struct remedy is = idfix_remedy(c, &j->v);
	const char *update = idfix_harm(&j->v) ? "" : check_textf(c, "%s",
	                                             buf_text(&j->v.now));

	check_fail(c, j->v.o, &(struct failure){
		.severity = check_severity(c), .attribute = attribute,
		.observed = j->v.was, .expected = want_of(c, j),
		.message = check_textf(c, "The %s of %s %s (IdFix: %s)",
		                       attribute, object_label(j->v.o),
		                       tell_errors(c, j), names),
		.fix = fix_of(c, j, &is, update), REMEDY(is),
		.idfix = { names, update, j->action, class_of(j->v.o) },
		.other = j->found.other,
		.claimed = { j->found.other && !is.proposed.attribute
		             ? address_body(j->v.was) : NULL,
		             j->v.of == IDFIX_MAIL || j->v.of == IDFIX_PROXIES
		             ? CLAIMED_ADDRESS : attribute },
	});
}

/* Whether others may have it is known only when all is read. */
static bool
may_fail(const struct idfix_value *v)
{
	return v->of >= IDFIX_MAIL || v->found_count;
}

static void
judge(struct check *c, const struct object *o, enum idfix_attribute of,
      const char *value)
{
	struct judged_value j = { .action = "EDIT" };
	size_t at = 0;

	idfix_begin(&j.v, o, of, value);
	j.v.data = check_model(c)->data;
	if (check_is_screening(c)) {
		while (idfix_next(&j.v, &at))
			;
		if (may_fail(&j.v))
			check_fail(c, o, &(struct failure){ .severity = 0 });
	} else {
		run_tests(c, &j);
		if (j.v.found_count)
			tell(c, &j);
	}
	idfix_release(&j.v);
}

static void
judge_all(struct check *c, const struct object *o, enum idfix_attribute of)
{
	if (idfix_skips(o))
		return;
	for (size_t i = 0; i < idfix_count(o, of); i++) {
		const char *value = idfix_value_of(o, of, i);

		if (value)
			judge(c, o, of, value);
	}
}

/* The one attribute that must be there: the cn is proposed. */
static void
check_display_name(struct check *c, const struct object *o)
{
	struct judged_value j = { .action = "EDIT" };
	struct buf cn = { 0 };

	if (idfix_value_of(o, IDFIX_DISPLAY_NAME, 0)) {
		judge_all(c, o, IDFIX_DISPLAY_NAME);
		return;
	}
	if (idfix_skips(o))
		return;
	idfix_begin(&j.v, o, IDFIX_DISPLAY_NAME, NULL);
	buf_adds(&j.v.now, idfix_cn(o, &cn));
	idfix_found(&j.v, IDFIX_BIT(IDFIX_BLANK));
	tell(c, &j);
	idfix_release(&j.v);
	buf_release(&cn);
}

/* Under an alternate login ID IdFix can be told to leave it alone. */
static void
check_upn(struct check *c, const struct object *o)
{
	const struct policy *p = model_policy(check_model(c), o);

	if (!p || !p->has_sign_in || !p->sign_in_is_mail)
		judge_all(c, o, IDFIX_UPN);
}

#define CHECK(name, of) \
	static void \
	name(struct check *c, const struct object *o) \
	{ \
		judge_all(c, o, of); \
	}

CHECK(check_given_name, IDFIX_GIVEN_NAME)
CHECK(check_mail, IDFIX_MAIL)
CHECK(check_nickname, IDFIX_NICKNAME)
CHECK(check_proxies, IDFIX_PROXIES)
CHECK(check_sam, IDFIX_SAM)
CHECK(check_target, IDFIX_TARGET)

/* All rules are alike but for the attribute and its words. */
#define IDFIX_RULE \
	.severity = SEVERITY_MEDIUM, .side = SIDE_AD, \
	.profile = PROFILE_IDFIX, \
	.replica = REPLICA_TOLD, .of_systems = true, \
	.source = DOC_IDFIX

#define PEOPLE (KIND_BIT(KIND_USER) | KIND_BIT(KIND_CONTACT))
#define MEMBERS (KIND_BIT(KIND_USER) | KIND_BIT(KIND_GROUP))
#define RECIPIENTS (PEOPLE | KIND_BIT(KIND_GROUP))

static const struct rule rules[] = {
	{
		.id = "idfix-displayname", IDFIX_RULE,
		.kinds = RECIPIENTS, .attrs = ATTRS(ATTR_DISPLAY_NAME),
		.needs = NEED_OTHERS,
		.check = check_display_name,
		.title = "IdFix: displayName",
		.why = "IdFix wants a displayName of at most 255 characters. "
		       "Sync itself takes 256, and objects without one.",
		.fix = "In AD, set displayName, or shorten it.",
	},
	{
		.id = "idfix-givenname", IDFIX_RULE,
		.kinds = PEOPLE, .attrs = ATTRS(ATTR_GIVEN_NAME),
		.check = check_given_name,
		.title = "IdFix: givenName",
		.why = "IdFix wants at most 63 characters; sync itself takes "
		       "64.",
		.fix = "In AD, shorten givenName.",
	},
	{
		.id = "idfix-mail", IDFIX_RULE,
		.kinds = RECIPIENTS, .attrs = ATTRS(ATTR_MAIL),
		.needs = NEED_IDFIX | NEED_OTHERS,
		.check = check_mail,
		.title = "IdFix: mail",
		.why = "IdFix wants a mail that no other object has as its "
		       "mail, of at most 256 characters.",
		.fix = "In AD, give one of the two another mail, or shorten "
		       "it.",
	},
	{
		.id = "idfix-mailnickname", IDFIX_RULE,
		.kinds = RECIPIENTS, .attrs = ATTRS(ATTR_MAIL_NICKNAME),
		.needs = NEED_IDFIX | NEED_OTHERS,
		.check = check_nickname,
		.title = "IdFix: mailNickname",
		.why = "IdFix wants a mailNickname that no other object has, "
		       "of at most 64 characters and without a leading period.",
		.fix = "In AD, correct mailNickname, or give one of the two "
		       "another one.",
	},
	{
		.id = "idfix-proxyaddresses", IDFIX_RULE,
		.kinds = RECIPIENTS, .attrs = ATTRS(ATTR_PROXIES),
		.needs = NEED_IDFIX | NEED_OTHERS,
		.check = check_proxies,
		.title = "IdFix: proxyAddresses",
		.why = "IdFix judges each value: its length, characters and "
		       "colons, the grammar of SMTP addresses, and whether "
		       "another object has it with the same prefix.",
		.fix = "In AD, correct the value, or remove it from one of the "
		       "two.",
	},
	{
		.id = "idfix-samaccountname", IDFIX_RULE,
		.kinds = MEMBERS, .attrs = ATTRS(ATTR_SAM, ATTR_UPN),
		.needs = NEED_IDFIX | NEED_OTHERS,
		.check = check_sam,
		.title = "IdFix: sAMAccountName",
		.why = "IdFix wants at most 20 characters of users, none that "
		       "old sign-in forbids, and a name that no other object "
		       "without a UPN has.",
		.fix = "In AD, correct sAMAccountName, or set the UPN.",
	},
	{
		.id = "idfix-targetaddress", IDFIX_RULE,
		.kinds = RECIPIENTS, .attrs = ATTRS(ATTR_TARGET),
		.needs = NEED_IDFIX | NEED_OTHERS,
		.check = check_target,
		.title = "IdFix: targetAddress",
		.why = "IdFix judges it as a value of proxyAddresses, with 255 "
		       "characters and without backslashes.",
		.fix = "In AD, correct targetAddress, or give one of the two "
		       "another one.",
	},
	{
		.id = "idfix-userprincipalname", IDFIX_RULE,
		.kinds = KIND_BIT(KIND_USER), .attrs = ATTRS(ATTR_UPN),
		.needs = NEED_IDFIX | NEED_OTHERS,
		.check = check_upn,
		.title = "IdFix: userPrincipalName",
		.why = "IdFix wants an address in a top-level domain of the "
		       "internet, of at most 113 characters, that no other "
		       "object has as its UPN.",
		.fix = "In AD, correct userPrincipalName.",
	},
};

const struct family idfix_rules = { rules, sizeof(rules) / sizeof(rules[0]) };
