/* Where Exchange takes targetAddress for a primary address. */
#include "analyze/model/model.h"
#include "analyze/object/object.h"
#include "analyze/rules/propose.h"
#include "analyze/rules/propose_guard.h"
#include "analyze/rules/rule.h"

/*
 * Whether it is a mailbox that forwards to another organization: Exchange
 * itself writes upper-case SMTP: where the target is the object's own address,
 * of mail users, contacts and mailboxes that are in Exchange Online.
 */
static bool
forwards(const struct object *o)
{
	const char *domain = address_domain(o->target);

	return (recipient_is_on_premises(o) || recipient_is_remote(o)) &&
	       domain && !domain_is_initial(domain);
}

static struct remedy
remedy_lower(struct check *c, const struct object *o)
{
	const char *why = propose_guard(c, o, "targetAddress");

	if (check_is_screening(c) || why)
		return remedy_none(why);
	return (struct remedy){ .proposed = {
		.attribute = "targetAddress", .old = o->target,
		.new = check_textf(c, "smtp:%s", address_body(o->target)),
	} };
}

static void
check_upper(struct check *c, const struct object *o)
{
	const char *primary = object_primary(o);
	struct remedy is;

	if (!o->target || address_type(o->target) != ADDRESS_PRIMARY ||
	    !primary || address_is_same(primary, o->target) || !forwards(o) ||
	    check_address_fault(c, address_body(o->target)) ||
	    policy_applies(check_model(c), o) != YES || check_is_behind(o))
		return;
	is = remedy_lower(c, o);
	check_fail(c, o, &(struct failure){
		.severity = check_severity(c), .attribute = "targetAddress",
		.observed = o->target,
		.expected = check_textf(c, "smtp:%s", address_body(o->target)),
		REMEDY(is),
		.message = check_textf(c, "The targetAddress %s of %s begins "
		                       "with upper-case SMTP:, and an email "
		                       "address policy applies: when it is "
		                       "updated, the primary address %s gives "
		                       "way to it", o->target, object_label(o),
		                       primary),
	});
}

static const struct rule rules[] = {
	{
		.id = "target-upper-smtp",
		.severity = SEVERITY_LOW,
		.side = SIDE_AD, .kinds = KIND_BIT(KIND_USER),
		.attrs = ATTRS(ATTR_TARGET, ATTR_PROXIES, ATTR_RECIPIENT_TYPE,
		               ATTR_POLICIES_IN, ATTR_POLICIES_OUT),
		.needs = NEED_JOINED | NEED_OTHERS,
		.in_scope_only = true,
		.replica = REPLICA_NOT_JUDGED,
		.bearing = BEARS_ELSEWHERE,
		.check = check_upper,
		.title = "targetAddress that an address policy makes primary",
		.why = "Whoever updates the email address policy, as the "
		       "Hybrid Configuration Wizard does, lets Exchange put "
		       "targetAddress among the addresses, with its prefix: in "
		       "upper case it becomes the primary one, and the mailbox "
		       "sends with another organization's address.",
		.fix = "In AD, write targetAddress with smtp: in lower case: "
		       "mail is forwarded as before.",
		.source = DOC_TARGETS,
	},
};

const struct family target_rules = { rules, sizeof(rules) / sizeof(rules[0]) };
