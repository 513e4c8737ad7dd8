/* Mailboxes that the other side of a hybrid organization cannot send to. */
#include <string.h>

#include "analyze/model/model.h"
#include "analyze/object/object.h"
#include "analyze/rules/propose.h"
#include "analyze/rules/rule.h"
#include "base/utf8.h"

/*
 * The tenant's routing domain, as its list of domains has it; NULL: there is
 * none, and no hybrid organization.
 */
static const char *
routing_domain(const struct model *m)
{
	const char *const *all = m->verified_domains;

	for (size_t i = 0; i < m->verified_count; i++)
		if (domain_is_routing(all[i]))
			return all[i];
	return NULL;
}

/* What targetAddress says, where it lies in the routing domain; or NULL. */
static const char *
routed_target(const struct object *o, const char *domain)
{
	const char *target = o->target ? address_body(o->target) : NULL;

	return target && !address_fault(target) && address_domain(target) &&
	       utf8_same_domain(address_domain(target), domain)
		? target : NULL;
}

/* The tenant has taken it already, whoever wrote it there. */
static bool
has_account_one(struct check *c, const struct object *o, const char *domain)
{
	const char *target = routed_target(o, domain);
	const char *address = target ? target : o->mail_nickname
		? check_textf(c, "%s@%s", o->mail_nickname, domain) : NULL;

	return address && account_has_address(o->links.account, address);
}

/* An address in the routing domain that it has as where mail for it goes. */
static bool
lacks_target(const struct object *o, const char *domain)
{
	const char *target = routed_target(o, domain);

	return target && !object_lists(o, target);
}

/*
 * One on premises is to have it before it moves. Where no other has it Exchange
 * was not prepared for that, and none is about to move.
 */
static bool
lacks_address(struct check *c, const struct object *o, const char *domain)
{
	if (recipient_is_remote(o) && lacks_target(o, domain))
		return true;
	return !object_is_routed(o) &&
	       (recipient_is_remote(o) || (o->ad.home_mdb == YES &&
	        recipient_is_on_premises(o))) && check_may_be(c, FACT_ROUTED);
}

/* It has an address there, and mail for it is sent to another one. */
static void
fail_target(struct check *c, const struct object *o, const char *domain)
{
	const char *own = object_routing_address(o);
	struct remedy r = remedy_routed_target(c, o);

	check_fail(c, o, &(struct failure){
		.severity = check_severity(c),
		.attribute = "targetAddress", .observed = o->target,
		.expected = check_textf(c, "SMTP:%s", own),
		.message = check_textf(c, "%s has a mailbox in Exchange "
		                       "Online with the address %s, but "
		                       "Exchange on-premises sends its mail "
		                       "to %s (targetAddress), which is none "
		                       "of its addresses", object_label(o),
		                       own, address_body(o->target)),
		.fix = check_textf(c, "In AD, set targetAddress to SMTP:%s "
		                   "(Set-RemoteMailbox "
		                   "-RemoteRoutingAddress), if that is its "
		                   "address in Exchange Online", own),
		.shared = { domain, "Remote mailboxes whose targetAddress in "
		            "{} is none of their addresses", "In AD, set "
		            "targetAddress to the address that they have "
		            "there (Set-RemoteMailbox "
		            "-RemoteRoutingAddress)." },
		REMEDY(r),
	});
}

static void
check_routing(struct check *c, const struct object *o)
{
	const char *domain = routing_domain(check_model(c));
	bool is_remote = recipient_is_remote(o);
	const char *target;
	struct remedy r;

	if (!domain || object_giver_of(o, "proxyAddresses") ||
	    check_is_behind(o) || !lacks_address(c, o, domain) ||
	    has_account_one(c, o, domain))
		return;
	target = routed_target(o, domain);
	if (is_remote && target && object_is_routed(o)) {
		fail_target(c, o, domain);
		return;
	}
	r = remedy_routing(c, o, domain, target);
	check_fail(c, o, &(struct failure){
		.severity = check_severity(c),
		.attribute = "proxyAddresses",
		.expected = remedy_wanted(&r, check_textf(c, "an address in "
		                          "%s", domain)),
		.message = check_textf(c, is_remote
			? "%s has a mailbox in Exchange Online, but no address "
			  "%s%s%s, by which Exchange on-premises sends to it"
			: "%s has a mailbox on premises, but no address "
			  "%s%s%s, without which it cannot be moved",
			object_label(o), is_remote && target ? "" : "in ",
			is_remote && target ? target : domain,
			is_remote && target ? " (targetAddress)" : ""),
		.fix = r.proposed.new ? check_textf(c, "In AD, add %s to "
			"proxyAddresses, and synchronize", r.proposed.new)
			: NULL,
		.shared = { domain, is_remote
			? "Remote mailboxes without an address in {}"
			: "Mailboxes on premises without an address in {}",
			"Add the routing domain to the email address policy of "
			"Exchange on-premises and update it, or add the "
			"address in AD, and synchronize." },
		REMEDY(r),
	});
}

static const struct rule rules[] = {
	{
		.id = "routing-address-missing",
		.severity = SEVERITY_MEDIUM,
		.side = SIDE_AD, .kinds = KIND_BIT(KIND_USER),
		.attrs = ATTRS(ATTR_RECIPIENT_TYPE, ATTR_PROXIES),
		.each_attr = ATTRS(ATTR_HOME_MDB, ATTR_TARGET,
		                   ATTR_MAIL_NICKNAME, ATTR_PROXIES),
		.needs = NEED_DOMAINS | NEED_JOINED | NEED_OTHERS,
		.in_scope_only = true,
		.replica = REPLICA_NOT_JUDGED,
		.check = check_routing,
		.title = "Mailbox without an address in the routing domain",
		.why = "In a hybrid organization each side sends to a mailbox "
		       "of the other by its address in the tenant's routing "
		       "domain. Without it a mailbox cannot be moved, neither "
		       "way, and what Exchange on-premises sends to one in "
		       "Exchange Online is returned.",
		.fix = "In AD, add the alias in the tenant's routing domain to "
		       "proxyAddresses, and synchronize.",
		.source = DOC_ROUTING,
	},
};

const struct family routing_rules = {
	rules, sizeof(rules) / sizeof(rules[0])
};
