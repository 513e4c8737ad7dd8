/* Names and addresses that identify an object: their form, their owner. */
#include "analyze/object/object.h"
#include "analyze/rules/propose.h"
#include "analyze/rules/rule.h"
#include "analyze/rules/told.h"
#include "base/utf8.h"

/* Whether the tenant has taken it as it is. */
static bool
is_held(const struct object *o)
{
	const char *held = o->links.account
		? account_text(o->links.account, ACCOUNT_UPN) : NULL;

	return held && utf8_same_folded(held, o->upn);
}

static void
check_upn(struct check *c, const struct object *o)
{
	struct flaws f;
	struct proposal given;
	struct remedy to;

	if (!check_upn_flaws(c, o, &f) || !f.of[FLAW_FORM] || is_held(o) ||
	    check_is_behind(o) || signs_in_by_mail(c, o))
		return;
	given = suggest_name(c, o);
	to = remedy_name(c, o, &given);
	check_fail(c, o, &(struct failure){
		.severity = check_sign_in_severity(o, check_severity(c)),
		.attribute = "userPrincipalName", .observed = o->upn,
		REMEDY(to), .fix = to.proposed.new
			? check_textf(c, "In AD, set userPrincipalName to %s, "
			              "and tell the user the new sign-in name",
			              to.proposed.new) : NULL,
		.expected = to.proposed.new ? to.proposed.new :
		            "letters, digits and ' . - _ ! # ^ ~, an @, and a "
		            "domain of the tenant",
		.message = check_textf(c, "The userPrincipalName of %s %s",
		                       object_label(o), flaw_named(
		                               o->upn, f.of[FLAW_FORM],
		                               check_arena(c))),
	});
}

static void
check_duplicate(struct check *c, const struct object *o)
{
	report_shared(c, o, SHARED_PROXY);
}

static const struct rule rules[] = {
	{
		.id = "upn-malformed",
		.severity = SEVERITY_MEDIUM,
		.side = SIDE_AD, .kinds = KIND_BIT(KIND_USER),
		.attrs = ATTRS(ATTR_UPN),
		.needs = NEED_JOINED | NEED_OTHERS,
		.in_scope_only = true,
		.check = check_upn,
		.title = "Malformed user principal name (UPN)",
		.why = "A name with such a character is treated as one in a "
		       "domain that is not verified: the user gets a sign-in "
		       "name in the onmicrosoft.com domain, or is refused.",
		.fix = "In AD, correct userPrincipalName and tell the user the "
		       "new sign-in name.",
		.source = DOC_PREP, .part = "userPrincipalName",
		.limit = "113 characters, 64 of them before the @",
	},
	{
		.id = "proxy-duplicate",
		.severity = SEVERITY_HIGH,
		.category = CATEGORY_UNIQUENESS,
		.side = SIDE_AD, .kinds = KINDS_OF_RECIPIENTS,
		.attrs = ATTRS(ATTR_PROXIES),
		.needs = NEED_SHARERS,
		.check = check_duplicate,
		.title = "Duplicate address",
		.why = "An address can belong to one object in the tenant. The "
		       "second object is synchronized without the address or "
		       "is not exported at all; mail goes to the first.",
		.fix = "Decide which object keeps the address; in AD, remove "
		       "it from proxyAddresses of the other, and from mail if "
		       "that has it, too.",
		.source = DOC_RESILIENCY,
	},
};

const struct family identity_rules = {
	rules, sizeof(rules) / sizeof(rules[0])
};
