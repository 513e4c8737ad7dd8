/*
 * Primary addresses that are not what the company wants: not the sign-in name,
 * or in another domain than the policy names.
 */
#include "analyze/model/model.h"
#include "analyze/object/object.h"
#include "analyze/policy/policy.h"
#include "analyze/rules/propose.h"
#include "analyze/rules/rule.h"
#include "analyze/rules/suggest.h"
#include "base/buf.h"
#include "base/utf8.h"

/*
 * Its primary address, if it is a sound one of the company's own: of others,
 * and of no address at all, other rules tell. NULL: none.
 */
static const char *
own_primary(struct check *c, const struct object *o)
{
	const char *primary = object_primary(o) ? object_primary(o)
		: o->proxy_count ? NULL : o->mail;

	if (!primary || o->ad.recipient_type == RECIPIENT_MAIL_USER ||
	    check_address_fault(c, primary) || !address_domain(primary) ||
	    domain_is_initial(address_domain(primary)))
		return NULL;
	return primary;
}

static bool
is_verified(const struct check *c, const char *address)
{
	const struct model *m = check_model(c);
	const char *domain = address_domain(address);

	return domain && (!m->domains_known || model_is_verified(m, domain));
}

/* ---- the sign-in name ---- */

static bool
signs_in(struct check *c, const struct object *o)
{
	return o->upn && account_kind_of(o) == ACCOUNT_KIND_PERSON &&
	       !account_is_unused(o) && !check_upn_fault(c, o->upn) &&
	       !model_policy(check_model(c), o)->sign_in_is_mail;
}

static struct remedy
remedy_aligned(struct check *c, const struct object *o, const char *primary)
{
	struct proposal to = { .address = NULL };

	if (check_is_screening(c))
		return remedy_none(NULL);
	if (suggest_is_good(c, o, primary, AS_NAME))
		to.address = primary;
	else if (check_model(c)->domains_known)
		return remedy_none("its primary address cannot be a sign-in "
		                   "name, or someone else has it as well");
	return remedy_name(c, o, &to);
}

static void
check_name(struct check *c, const struct object *o)
{
	const char *primary = own_primary(c, o);
	struct remedy is;

	if (!primary || !signs_in(c, o) || utf8_same_folded(o->upn, primary) ||
	    !is_verified(c, o->upn) || !is_verified(c, primary) ||
	    check_is_behind(o))
		return;
	is = remedy_aligned(c, o, primary);
	check_fail(c, o, &(struct failure){
		.severity = check_severity(c),
		.attribute = "userPrincipalName", .observed = o->upn,
		.expected = primary, REMEDY(is),
		.message = check_textf(c, "%s signs in with that name, and has "
		                       "%s as primary address", o->upn,
		                       primary),
	});
}

/* ---- the domains that the policy names ---- */

static const char *
domains_moot(const struct model *m, struct arena *a)
{
	(void)a;
	return m->policy->primary_domain_count ? NULL
		: "which domains primary addresses are to be in is not known; "
		  "say it in --policy, \"tenant\": \"primaryDomains\"";
}

static bool
is_wanted(const struct model *m, const char *address)
{
	const char *domain = address_domain(address);

	for (size_t i = 0; domain && i < m->policy->primary_domain_count; i++)
		if (ascii_casecmp(domain, m->policy->primary_domains[i]) == 0)
			return true;
	return false;
}

/* A value beside the primary one; NULL: none is free and sound. */
static const char *
other_wanted(struct check *c, const struct object *o)
{
	for (size_t i = 0; i < o->proxy_count; i++) {
		const char *address = address_body(o->proxies[i]);

		if (address_type(o->proxies[i]) == ADDRESS_SECONDARY &&
		    is_wanted(check_model(c), address) &&
		    suggest_is_good(c, o, address, AS_ADDRESS))
			return o->proxies[i];
	}
	return NULL;
}

static struct remedy
remedy_wanted_domain(struct check *c, const struct object *o,
                     const char *primary)
{
	const char *value;

	if (check_is_screening(c))
		return remedy_none(NULL);
	value = other_wanted(c, o);
	if (!value)
		return remedy_none("it has no address of its own in one of "
		                   "these domains that is valid, verified and "
		                   "used by no one else");
	if (o->links.how == HOW_SMTP)
		return remedy_none("a cloud account is joined by the primary "
		                   "address");
	if (o->upn && utf8_same_folded(o->upn, primary))
		return remedy_none("its sign-in name is the same as the "
		                   "address: whether both should change has to "
		                   "be decided first");
	return remedy_promoted(c, o, value);
}

/* "an address in x.example or y.example" */
static const char *
tell_wanted(struct check *c)
{
	const struct policy *p = check_model(c)->policy;
	struct buf out = { 0 };
	const char *text;

	for (size_t i = 0; i < p->primary_domain_count; i++)
		buf_addf(&out, "%s%s", i ? " or " : "an address in ",
		         p->primary_domains[i]);
	text = arena_strdup(check_arena(c), buf_text(&out));
	buf_release(&out);
	return text;
}

static void
check_company(struct check *c, const struct object *o)
{
	const char *primary = own_primary(c, o);
	struct remedy is;

	if (!primary || is_wanted(check_model(c), primary) ||
	    check_is_behind(o))
		return;
	is = remedy_wanted_domain(c, o, primary);
	check_fail(c, o, &(struct failure){
		.severity = o->kind == KIND_USER && account_is_unused(o)
			? SEVERITY_LOW : check_severity(c),
		.attribute = object_primary(o) ? "proxyAddresses" : "mail",
		.observed = primary,
		.expected = is.proposed.and ? is.proposed.and->new
			: tell_wanted(c),
		.shared = { address_domain(primary),
		            "Primary address in {}, which the policy does not "
		            "name", NULL },
		REMEDY(is), .fix = is.proposed.and ? check_textf(c, "In AD, "
			"write %s into proxyAddresses in place of %s, and %s "
			"in place of the present one, which stays an address; "
			"mail is to be the same as the primary address",
			is.proposed.and->new, is.proposed.and->old,
			is.proposed.new) : NULL,
		.message = check_textf(c, "The primary address of %s is %s; "
		                       "the policy wants %s", object_label(o),
		                       primary, tell_wanted(c)),
	});
}

static const struct rule rules[] = {
	{
		.id = "upn-differs-from-primary",
		.severity = SEVERITY_INFO,
		.profile = PROFILE_STRICT,
		.category = CATEGORY_SIGN_IN,
		.side = SIDE_AD, .kinds = KIND_BIT(KIND_USER),
		.attrs = ATTRS(ATTR_UPN, ATTR_MAIL, ATTR_PROXIES, ATTR_UAC,
		               ATTR_ADMIN_COUNT, ATTR_RECIPIENT_TYPE),
		.needs = NEED_JOINED | NEED_OTHERS,
		.in_scope_only = true,
		.bearing = BEARS_ELSEWHERE,
		.check = check_name,
		.title = "Sign-in name that is not the primary address",
		.why = "People know their address and are asked for their "
		       "sign-in name: where the two differ they type the "
		       "wrong one, and Outlook and Teams ask again. It is no "
		       "fault.",
		.fix = "In AD, set userPrincipalName to the primary address, "
		       "if no one else has it, and tell the user; best for all "
		       "of a department at once.",
		.source = DOC_PREP, .part = "userPrincipalName",
	},
	{
		.id = "primary-not-company",
		.severity = SEVERITY_MEDIUM,
		.profile = PROFILE_STRICT,
		.side = SIDE_AD,
		.kinds = KIND_BIT(KIND_USER) | KIND_BIT(KIND_GROUP),
		.attrs = ATTRS(ATTR_MAIL, ATTR_PROXIES, ATTR_RECIPIENT_TYPE),
		.needs = NEED_JOINED | NEED_OTHERS,
		.in_scope_only = true,
		.bearing = BEARS_ELSEWHERE,
		.check = check_company, .moot = domains_moot,
		.title = "Primary address in a domain that is not wanted",
		.why = "What is sent goes out with the primary address. The "
		       "policy names the domains that the company wants "
		       "there, and this one is none of them: one of a former "
		       "name, or of a brand.",
		.fix = "In AD, write an address of the object in a domain that "
		       "the policy names into proxyAddresses, with upper-case "
		       "SMTP:, and keep the former one with smtp:.",
		.source = DOC_POPULATE,
		.confidence = CONFIDENCE_DERIVED,
	},
};

const struct family aligned_rules = {
	rules, sizeof(rules) / sizeof(rules[0])
};
