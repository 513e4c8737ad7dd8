/* Whether passwords are synchronized, and of whom they never are. */
#include "analyze/policy/policy.h"
#include "analyze/rules/rule.h"
#include "analyze/rules/told.h"

enum tristate
signs_in_by_hash(const struct check *c, const struct object *o)
{
	const struct model *m = check_model(c);
	const struct account *h = o->links.account;
	const char *name = h ? account_text(h, ACCOUNT_UPN) : o->upn;
	const char *domain = name ? address_domain(name) : NULL;
	enum tristate told = model_policy(m, o)->password_hash;

	if (m->features.password_sync == NO || told == NO ||
	    (domain && model_is_federated(m, domain)))
		return NO;
	return m->features.password_sync == YES ? YES : told;
}

/*
 * Unless no password hashes are synchronized. Under Connect a tenant that does
 * not say so may let AD check passwords.
 */
static void
check_inet_org_person(struct check *c, const struct object *o)
{
	bool cloud_sync = model_policy(check_model(c), o)->engine ==
		ENGINE_CLOUD_SYNC;
	enum tristate by_hash = signs_in_by_hash(c, o);

	if (o->ad.inet_org_person != YES || o->enabled == NO || by_hash == NO)
		return;
	check_fail(c, o, &(struct failure){
		.severity = cloud_sync || by_hash == YES ? check_severity(c)
			: SEVERITY_LOW,
		.attribute = "objectClass",
		.observed = "inetOrgPerson", .expected = "user",
		.message = check_textf(c, "%s is an inetOrgPerson: %s "
		                       "synchronizes it without its password",
		                       object_label(o), cloud_sync
		                       ? "Cloud Sync" : "Connect"),
	});
}

static const struct rule rules[] = {
	{
		.id = "inetorgperson-password",
		.severity = SEVERITY_MEDIUM,
		.side = SIDE_AD, .kinds = KIND_BIT(KIND_USER),
		.attrs = ATTRS(ATTR_CLASS),
		.in_scope_only = true,
		.check = check_inet_org_person,
		.title = "inetOrgPerson whose password is not synchronized",
		.why = "Password hashes are synchronized of objects of the "
		       "class user alone, by Connect and by Cloud Sync: an "
		       "inetOrgPerson gets an account, but cannot sign in with "
		       "the AD password.",
		.fix = "Make it a user object, or give the account another way "
		       "to sign in.",
		.source = DOC_PHS,
	},
};

const struct family password_rules = {
	rules, sizeof(rules) / sizeof(rules[0])
};
