/* Addresses that deleted users had, and that guests have. */
#include <string.h>

#include "analyze/model/model.h"
#include "analyze/object/object.h"
#include "analyze/rules/rule.h"

/* ---- deleted users ---- */

/* The same person, deleted and made anew: former-account tells that. */
static bool
is_own(const struct object *o, const struct object *deleted)
{
	return (o->links.former && o->links.former->has_guid &&
	        deleted->has_guid && memcmp(&o->links.former->guid,
	                                    &deleted->guid,
	                                    sizeof(deleted->guid)) == 0) ||
	       object_is_namesake(o, deleted);
}

static void
judge_deleted(struct check *c, const struct object *o, const char *attribute,
              const char *value)
{
	const char *address = address_body(value);
	const struct object *deleted;
	char day[WHEN_TEXT] = "";

	if (account_has_address(o->links.account, address))
		return;
	deleted = check_who_had(c, o, check_textf(c, "smtp:%s", address));
	if (!deleted || is_own(o, deleted))
		return;
	if (deleted->tenant.deleted_when != WHEN_NONE)
		when_format_day(deleted->tenant.deleted_when, day);
	check_fail(c, o, &(struct failure){
		.severity = check_severity(c), .attribute = attribute,
		.observed = value,
		.expected = "that the deleted user does not come back",
		.unproposed = "the value is right as long as the deleted user "
		              "stays deleted",
		.message = check_textf(c, "%s is to get the address %s, which "
		                       "the deleted user %s had%s%s",
		                       object_label(o), address,
		                       object_label(deleted),
		                       *day ? ", deleted on " : "", day),
	});
}

static void
check_deleted(struct check *c, const struct object *o)
{
	if (!o->proxy_count && o->mail)
		judge_deleted(c, o, "mail", o->mail);
	for (size_t i = 0; i < o->proxy_count; i++)
		if (address_type(o->proxies[i]) <= ADDRESS_SECONDARY)
			judge_deleted(c, o, "proxyAddresses", o->proxies[i]);
}

/* ---- guests ---- */

/* The tenant's own domains, but those that it makes addresses in itself. */
static bool
is_of_tenant(const struct check *c, const char *address)
{
	const char *domain = address ? address_domain(address) : NULL;

	return domain && !domain_is_initial(domain) &&
	       model_is_verified(check_model(c), domain);
}

/* The first of its addresses that is one of the tenant's own; or NULL. */
static const char *
own_address(const struct check *c, const struct object *o)
{
	for (size_t i = 0; i < o->proxy_count; i++)
		if (address_type(o->proxies[i]) <= ADDRESS_SECONDARY &&
		    is_of_tenant(c, address_body(o->proxies[i])))
			return address_body(o->proxies[i]);
	return is_of_tenant(c, o->mail) ? o->mail : NULL;
}

/* One who signs in here has his address of the tenant itself. */
static bool
is_invited(const struct object *o)
{
	char address[ADDRESS_OF_GUEST];

	return object_is_guest(o) && o->tenant.synced != YES && o->upn &&
	       address_of_guest(o->upn, address);
}

static void
check_guest(struct check *c, const struct object *o)
{
	const char *address = is_invited(o) ? own_address(c, o) : NULL;

	if (!address)
		return;
	check_fail(c, o, &(struct failure){
		.severity = check_severity(c), .attribute = "proxyAddresses",
		.observed = address,
		.expected = "an address of another organization",
		.message = check_textf(c, "The guest %s has the address %s, in "
		                       "a domain of this tenant",
		                       object_label(o), address),
		.mended = MENDED_IN_ENTRA,
	});
}

static const struct rule rules[] = {
	{
		.id = "address-held-by-deleted",
		.severity = SEVERITY_INFO,
		.side = SIDE_AD, .kinds = KINDS_SYNCED,
		.attrs = ATTRS(ATTR_MAIL, ATTR_PROXIES),
		.sections = { SECTION_IN(TENANT_DELETED_USERS) },
		.needs = NEED_FORECAST | NEED_SHARERS | NEED_MATCH |
		         NEED_JOINED,
		.in_scope_only = true,
		.check = check_deleted,
		.title = "Address that a deleted user had",
		.why = "An address of a deleted user is free: the tenant gives "
		       "it to the next object that asks. Restored within 30 "
		       "days, the user comes back without it.",
		.fix = "Nothing, if the deleted user stays deleted. Should the "
		       "tenant refuse the address all the same, delete the "
		       "user for good in Entra (Deleted users).",
		.source = DOC_ERRORS,
	},
	{
		.id = "guest-holds-address",
		.severity = SEVERITY_MEDIUM,
		.side = SIDE_TENANT, .kinds = KIND_BIT(KIND_USER),
		.attrs = ATTRS(ATTR_USER_TYPE),
		.any_attr = ATTRS(ATTR_MAIL, ATTR_PROXIES),
		.needs = NEED_DOMAINS,
		.check = check_guest,
		.title = "Guest with an address of this tenant",
		.why = "Whoever was invited by an address in one of the "
		       "tenant's domains holds that address: the object of AD "
		       "that should have it is quarantined without.",
		.fix = "In Entra, convert the guest to an internal user, if it "
		       "is a person of this organization; or delete it, with "
		       "all that was shared with it, for a guest's addresses "
		       "cannot be changed.",
		.source = DOC_RESILIENCY,
	},
};

const struct family held_rules = { rules, sizeof(rules) / sizeof(rules[0]) };
