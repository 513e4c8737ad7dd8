/* Values of AD in whose place the tenant has something else. */
#include <string.h>

#include "analyze/model/model.h"
#include "analyze/object/object.h"
#include "analyze/rules/propose.h"
#include "analyze/rules/rule.h"
#include "analyze/rules/told.h"
#include "base/utf8.h"

/* ---- the account name, where there is no sign-in name ---- */

enum { SAM_MOST = 20 };

static const char *
sam_fault(const char *sam)
{
	if (utf8_is_longer(sam, SAM_MOST))
		return "has more than 20 characters";
	return strpbrk(sam, account_refused) ? flaw_account_sign : NULL;
}

/* Beside a sound sign-in name nothing hangs on it. */
static void
check_sam(struct check *c, const struct object *o)
{
	const char *fault = o->sam ? sam_fault(o->sam) : NULL;

	if (!fault || (o->upn && !check_upn_fault(c, o->upn)) ||
	    (o->links.account && o->links.account->synced == YES) ||
	    check_is_behind(o) || signs_in_by_mail(c, o))
		return;
	check_fail(c, o, &(struct failure){
		.severity = check_sign_in_severity(o, check_severity(c)),
		.attribute = "sAMAccountName", .observed = o->sam,
		.expected = "a sound userPrincipalName beside it",
		.unproposed = "people and services log on by the account name "
		              "today: a new one breaks that",
		.message = check_textf(c, "The sAMAccountName %s %s, and its "
		                       "userPrincipalName %s", o->sam,
		                       flaw_named(o->sam, fault,
		                                  check_arena(c)),
		                       o->upn ? "is malformed" : "is missing"),
	});
}

/* ---- domains of the service ---- */

/* TENANT.mail.onmicrosoft.com: hybrid mail goes there, and AD must have it. */
static bool
is_coexistence(const char *domain)
{
	const char *rest = strchr(domain, '.');

	return rest && strncasecmp(rest, ".mail.", 6) == 0 &&
	       domain_is_initial(domain);
}

/* It goes only where all of the tenant says that nobody there has it. */
static struct remedy
remedy_reserved(struct check *c, const struct object *o, const char *value)
{
	if (check_is_screening(c))
		return remedy_none(NULL);
	if (!check_model(c)->tenant)
		return remedy_none("whether the tenant ever had it is not "
		                   "known: no snapshot of the tenant is there");
	if (check_unread(c))
		return remedy_none(check_textf(c, "whether the tenant ever had "
			"it is not known: not all of %s was read",
			check_unread(c)));
	if (o->links.is_open)
		return remedy_none("which account it has, and so whether that "
		                   "has the address, is not known");
	if (check_is_taken(c, o, address_body(value)))
		return remedy_none("another object has the address, too");
	return remedy_removed(c, o, value);
}

/* Of a primary one the rules on the primary address tell. */
static void
check_reserved(struct check *c, const struct object *o)
{
	for (size_t i = 0; i < o->proxy_count; i++) {
		const char *value = o->proxies[i];
		const char *domain = address_domain(value);
		struct remedy is;

		if (address_type(value) != ADDRESS_SECONDARY || !domain ||
		    !domain_is_reserved(domain) || is_coexistence(domain) ||
		    account_has_address(o->links.account, address_body(value)))
			continue;
		is = remedy_reserved(c, o, value);
		check_fail(c, o, &(struct failure){
			.severity = check_severity(c), REMEDY(is),
			.attribute = "proxyAddresses", .observed = value,
			.expected = "an address in a domain of your own",
			.message = check_textf(c, "%s has the address %s in "
			                       "AD, whose domain is the "
			                       "service's own: sync leaves it "
			                       "out", object_label(o),
			                       address_body(value)),
		});
	}
}

static const struct rule rules[] = {
	{
		.id = "sam-invalid",
		.severity = SEVERITY_MEDIUM,
		.side = SIDE_AD, .kinds = KIND_BIT(KIND_USER),
		.attrs = ATTRS(ATTR_SAM, ATTR_UPN),
		.needs = NEED_JOINED,
		.in_scope_only = true,
		.check = check_sam,
		.title = "sAMAccountName that cannot stand for the UPN",
		.why = "Without a valid userPrincipalName sync makes the "
		       "sign-in name of sAMAccountName, which then has to be "
		       "valid itself, or the user is not synchronized.",
		.fix = "In AD, give the user a valid userPrincipalName: the "
		       "account name can stay.",
		.source = DOC_PREP, .part = "sAMAccountName",
	},
	{
		.id = "proxy-reserved",
		.severity = SEVERITY_INFO,
		.side = SIDE_AD, .kinds = KINDS_OF_RECIPIENTS,
		.attrs = ATTRS(ATTR_PROXIES),
		.needs = NEED_JOINED | NEED_OTHERS,
		.in_scope_only = true,
		.replica = REPLICA_NOT_JUDGED,
		.check = check_reserved,
		.title = "Address in a domain of the service",
		.why = "Addresses in *.onmicrosoft.com and "
		       "*.microsoftonline.com are left out before they reach "
		       "the tenant, which gives its own: mail to one that AD "
		       "alone has does not arrive.",
		.fix = "In AD, remove the address, if no one writes to it.",
		.source = DOC_POPULATE, .part = "KB3190357",
	},
};

const struct family replaced_rules = {
	rules, sizeof(rules) / sizeof(rules[0])
};
