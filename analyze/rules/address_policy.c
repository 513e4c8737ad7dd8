/* Addresses that Exchange writes by its e-mail address policies. */
#include "analyze/model/model.h"
#include "analyze/object/object.h"
#include "analyze/rules/propose_guard.h"
#include "analyze/rules/rule.h"
#include "base/utf8.h"

/* Whether the tenant could not have it as a primary address. */
static bool
is_foreign(struct check *c, const char *address)
{
	const struct model *m = check_model(c);
	const char *domain = address_domain(address);

	return check_address_fault(c, address) || !domain ||
	       (m->domains_known && !model_is_verified(m, domain));
}

/* A value that is to be changed, whatever rule finds it wrong; or NULL. */
static const char *
to_be_changed(struct check *c, const struct object *o)
{
	const char *primary = object_primary(o);
	size_t addresses = 0;

	for (size_t i = 0; i < o->proxy_count; i++) {
		const char *value = o->proxies[i];

		if (address_type(value) == ADDRESS_OTHER)
			continue;
		if (address_type(value) == ADDRESS_MALFORMED ||
		    check_address_fault(c, address_body(value)))
			return value;
		addresses++;
	}
	if (primary && is_foreign(c, primary))
		return primary;
	if (addresses && !primary)
		return o->proxies[0];
	return o->mail && (check_address_fault(c, o->mail) ||
	       (!o->proxy_count && is_foreign(c, o->mail))) ? o->mail : NULL;
}

/* What changes such an object in Exchange on-premises. */
static const char *
cmdlet_of(const struct object *o)
{
	switch (o->kind) {
	case KIND_GROUP:
		return "Set-DistributionGroup";
	case KIND_CONTACT:
		return "Set-MailContact";
	default:
		break;
	}
	if (o->ad.recipient_type == RECIPIENT_MAIL_USER)
		return "Set-MailUser";
	return recipient_is_on_premises(o) ? "Set-Mailbox"
	                                   : "Set-RemoteMailbox";
}

static void
check_policy(struct check *c, const struct object *o)
{
	const char *value;

	/* Who does not change it in AD need not mind what Exchange does. */
	if (object_is_of_cloud(o))
		return;
	if (policy_applies(check_model(c), o) != YES || check_is_behind(o))
		return;
	value = to_be_changed(c, o);
	if (!value)
		return;
	check_fail(c, o, &(struct failure){
		.severity = check_severity(c),
		.attribute = "proxyAddresses", .observed = value,
		.expected = "an address that stays as it is written",
		.unproposed = "the policy would rewrite it: it has to be "
		              "switched off first",
		.message = check_textf(c, "%s has to be changed at %s, but an "
		                       "email address policy of Exchange "
		                       "applies to it (msExchPoliciesIncluded) "
		                       "and rewrites its addresses", value,
		                       object_label(o)),
		.fix = check_textf(c, "In AD, switch the automatic update off "
		                   "first (%s -EmailAddressPolicyEnabled "
		                   "$false, in the Exchange Management Shell "
		                   "on-premises), and then change the address; "
		                   "or change the policy itself "
		                   "(Set-EmailAddressPolicy, then "
		                   "Update-EmailAddressPolicy)", cmdlet_of(o)),
	});
}

static const struct rule rules[] = {
	{
		.id = "policy-rewrites",
		.severity = SEVERITY_LOW,
		.side = SIDE_AD,
		.kinds = KINDS_SYNCED,
		.attrs = ATTRS(ATTR_MAIL, ATTR_PROXIES, ATTR_POLICIES_IN,
		               ATTR_POLICIES_OUT),
		.needs = NEED_JOINED,
		.in_scope_only = true,
		.replica = REPLICA_NOT_JUDGED,
		.bearing = BEARS_ELSEWHERE,
		.check = check_policy,
		.title = "Address that an email address policy rewrites",
		.why = "Where Exchange on-premises updates the addresses of an "
		       "object by a policy, it takes back what is written by "
		       "hand, at the next change of the object or update of "
		       "the policy.",
		.fix = "In AD, switch the automatic update of the object's "
		       "addresses off first, or change the policy.",
		.source = DOC_POLICIES,
	},
};

const struct family address_policy_rules = {
	rules, sizeof(rules) / sizeof(rules[0])
};
