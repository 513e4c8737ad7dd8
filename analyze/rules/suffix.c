/*
 * Sign-in names and addresses in domains that the internet cannot know, and
 * users without a name: what AD alone tells, whatever the tenant is.
 */
#include <string.h>

#include "analyze/data/data.h"
#include "analyze/model/model.h"
#include "analyze/object/object.h"
#include "analyze/policy/policy.h"
#include "analyze/rules/propose.h"
#include "analyze/rules/rule.h"
#include "analyze/rules/suggest.h"
#include "analyze/rules/told.h"
#include "base/buf.h"
#include "base/dn.h"
#include "base/utf8.h"

/* What other rules say of domains by the tenant, they say where it is known. */
static bool
are_domains_known(const struct check *c)
{
	const struct model *m = check_model(c);

	return m->initial_domain && m->domains_known;
}

/* A tenant that has verified it knows better than any list. */
static bool
is_verified(const struct check *c, const char *domain)
{
	const struct model *m = check_model(c);

	return model_is_verified(m, domain) &&
	       !model_is_unverifiable(m, domain);
}

/* While objects are screened nobody reads it. */
static const char *
reason(struct check *c, struct routed s)
{
	return check_is_screening(c) ? ""
	                             : suffix_reason(s, check_arena(c));
}

/* ---- no sign-in name ---- */

/* What that leads to, as the end of a sentence. */
static const char *
tell_sent(struct check *c, const char *sent)
{
	const char *domain = address_domain(sent);
	struct routed s;

	if (!domain || is_verified(c, domain))
		return "";
	s = check_suffix(c, domain);
	if (!suffix_is_possible(s))
		return check_textf(c, ", which no tenant can verify: %s",
		                   reason(c, s));
	return are_domains_known(c)
		? ", in a domain that the tenant has not verified" : "";
}

/* Behind what is set; nobody is told where nobody signs in with it. */
static const char *
tell_user(const struct object *o)
{
	return account_is_unused(o) || account_is_no_persons(o)
		? "" : ", and tell the user";
}

/* NULL: as the rule says. */
static const char *
fix_missing(struct check *c, const struct object *o, const struct remedy *is)
{
	return is->proposed.new ? check_textf(c, "In AD, set userPrincipalName "
		"to %s%s", is->proposed.new, tell_user(o)) : NULL;
}

static void
check_missing(struct check *c, const struct object *o)
{
	const char *sent;
	struct remedy is;

	if (o->upn || check_is_behind(o) || signs_in_by_mail(c, o))
		return;
	sent = sent_name(c, o);
	is = remedy_upn(c, o);
	check_fail(c, o, &(struct failure){
		.severity = check_sign_in_severity(o, check_severity(c)),
		.attribute = "userPrincipalName",
		.expected = remedy_wanted(&is, "a name such as "
			"name@example.com, in a domain of the company"),
		.fix = fix_missing(c, o, &is), REMEDY(is),
		.message = check_textf(c, "%s has no userPrincipalName; "
		                       "synchronization sends %s instead%s",
		                       object_label(o), sent ? sent
		                       : "sAMAccountName@domain",
		                       sent ? tell_sent(c, sent) : ""),
	});
}

/* ---- a sign-in name that cannot be verified ---- */

static enum severity
suffix_severity(struct check *c, const struct object *o, struct routed s)
{
	if (account_is_no_persons(o))
		return SEVERITY_INFO;
	return suffix_is_possible(s) ? SEVERITY_LOW
		: check_sign_in_severity(o, check_severity(c));
}

/* What is said of the suffix, and is wrong; or "". */
static const char *
tell_supposed(struct check *c, enum supposer by)
{
	return by == SUPPOSED_NOT ? ""
		: check_textf(c, ", though %s takes it for verified",
		              supposer_called(by));
}

/* Where the mail address is in a domain that would do. */
static const char *
fix_suffix(struct check *c, const struct object *o, const struct remedy *is)
{
	const char *address = object_primary(o) ? object_primary(o) : o->mail;
	const char *domain = address && !address_fault(address)
		? address_domain(address) : NULL;

	if (is->proposed.new)
		return check_textf(c, "In AD, set userPrincipalName to %s%s; "
		                   "add the suffix to the forest first (Active "
		                   "Directory Domains and Trusts), if it lacks "
		                   "it", is->proposed.new, tell_user(o));
	if (!domain || domain_is_initial(domain) ||
	    check_suffix(c, domain).routing != ROUTING_PUBLIC)
		return NULL;
	return check_textf(c, "Give the user a suffix that the company owns on "
	                   "the internet, such as %s, which its email address "
	                   "is in, if that is the company's; add it to the "
	                   "forest first (Active Directory Domains and "
	                   "Trusts), and have it verified in the tenant.",
	                   domain);
}

static void
check_nonroutable(struct check *c, const struct object *o)
{
	const char *domain = o->upn ? address_domain(o->upn) : NULL;
	enum supposer by;
	struct remedy is;
	struct routed s;

	if (!domain || check_is_behind(o) || signs_in_by_mail(c, o) ||
	    is_verified(c, domain))
		return;
	by = model_supposes(check_model(c), domain);
	s = check_suffix(c, domain);
	/* With the tenant's domains upn-suffix-unverified tells it. */
	if (s.routing == ROUTING_PUBLIC || upn_fault(o->upn) ||
	    (are_domains_known(c) && by == SUPPOSED_NOT))
		return;
	is = remedy_upn(c, o);
	check_fail(c, o, &(struct failure){
		.severity = suffix_severity(c, o, s),
		.attribute = "userPrincipalName", .observed = o->upn,
		.expected = remedy_wanted(&is, "a name in a domain of the "
		                          "internet that the company owns"),
		.shared = { domain, "UPN suffix {} is not routable", NULL },
		REMEDY(is),
		.message = check_textf(c, "The UPN suffix %s of %s is not "
		                       "routable%s: %s", domain,
		                       object_label(o), tell_supposed(c, by),
		                       reason(c, s)),
		.fix = fix_suffix(c, o, &is),
	});
}

/* ---- addresses ---- */

/*
 * Why nobody outside can write to it; NULL: he can, or others tell of it. A
 * public suffix is in the DNS, and some take mail, as towns' and states' do.
 */
static const char *
unroutable(struct check *c, const char *address)
{
	const char *domain = address_domain(address);
	struct routed s;

	if (!domain || is_verified(c, domain))
		return NULL;
	s = check_suffix(c, domain);
	return suffix_is_possible(s) || address_fault(address) ? NULL
		: reason(c, s);
}

static bool
is_smtp(const char *value)
{
	return address_type(value) <= ADDRESS_SECONDARY;
}

/* Of another organization, which its primary address is in as well. */
static bool
is_of_others(const struct object *o)
{
	return o->kind == KIND_CONTACT ||
	       o->ad.recipient_type == RECIPIENT_MAIL_USER;
}

/* Who has no other has none in the tenant. */
static enum severity
address_severity(const struct check *c, const struct object *o,
                 enum address_type type)
{
	return type == ADDRESS_PRIMARY && !is_of_others(o)
		? SEVERITY_MEDIUM : check_severity(c);
}

static struct shared_cause
shared_domain(const char *value)
{
	return (struct shared_cause){
		address_domain(address_body(value)),
		"Address in {}, which the internet cannot reach", NULL
	};
}

/* A primary one gives way to another; what others are for is not known. */
static struct remedy
remedy_unroutable(struct check *c, const struct object *o, const char *value)
{
	struct proposal to = { 0 };

	if (address_type(value) != ADDRESS_PRIMARY)
		return remedy_none("whether a server of your own needs the "
		                   "address has to be seen first");
	if (is_of_others(o))
		return remedy_none("by which address the other organization "
		                   "can be reached only that knows");
	to = suggest_address(c, o);
	return remedy_primary(c, o, &to);
}

static const char *
fix_unroutable(struct check *c, const struct object *o, const char *value,
               const struct remedy *is)
{
	const char *fix;

	if (address_type(value) != ADDRESS_PRIMARY)
		return check_textf(c, "In AD, remove the value%s, if no server "
			"of your own needs it. Where an email address policy "
			"of Exchange adds it, take it out of that first.",
			o->mail && utf8_same_folded(o->mail,
			                            address_body(value))
			? ", and write another address into mail, which has "
			  "it, too" : "");
	if (is_of_others(o))
		return "In AD, write the address by which the other "
		       "organization can be reached in place of this one; if "
		       "there is none, remove the value.";
	fix = remedy_fix(c, is);
	return fix ? fix : check_textf(c, "In AD, write an address of the %s "
	                               "in a domain of the internet that the "
	                               "company owns, with upper-case SMTP:, "
	                               "in place of this one.",
	                               kind_name(o->kind));
}

static void
check_proxies(struct check *c, const struct object *o)
{
	for (size_t i = 0; i < o->proxy_count; i++) {
		const char *value = o->proxies[i];
		enum address_type type = address_type(value);
		const char *why = is_smtp(value)
			? unroutable(c, address_body(value)) : NULL;
		struct remedy is;

		if (!why)
			continue;
		is = remedy_unroutable(c, o, value);
		check_fail(c, o, &(struct failure){
			.severity = address_severity(c, o, type),
			.attribute = "proxyAddresses", .observed = value,
			.expected = remedy_wanted(&is, type == ADDRESS_PRIMARY
				? "an address in a domain of the internet"
				: "no such address"), REMEDY(is),
			.shared = shared_domain(value),
			.message = check_textf(c, "%s has the %saddress %s, "
			                       "which mail of the internet "
			                       "cannot reach: %s",
			                       object_label(o),
			                       type == ADDRESS_PRIMARY
			                       ? "primary " : "",
			                       address_body(value), why),
			.fix = fix_unroutable(c, o, value, &is),
		});
	}
}

/* What proxyAddresses has as well is told there. */
static void
check_mail(struct check *c, const struct object *o)
{
	const char *why = o->mail && !object_lists(o, o->mail)
		? unroutable(c, o->mail) : NULL;
	struct remedy is;

	if (!why)
		return;
	is = remedy_mail(c, o);
	check_fail(c, o, &(struct failure){
		.severity = address_severity(c, o, o->proxy_count
			? ADDRESS_SECONDARY : ADDRESS_PRIMARY),
		.attribute = "mail", .observed = o->mail,
		.expected = remedy_wanted(&is, "an address in a domain of the "
		                          "internet"),
		.fix = remedy_fix(c, &is), REMEDY(is),
		.shared = shared_domain(o->mail),
		.message = check_textf(c, "%s has mail %s, which mail of the "
		                       "internet cannot reach: %s",
		                       object_label(o), o->mail, why),
	});
}

static void
check_target(struct check *c, const struct object *o)
{
	const char *address = o->target ? address_body(o->target) : NULL;
	const char *why = address && is_smtp(o->target) &&
		!object_lists(o, address) ? unroutable(c, address) : NULL;

	if (!why)
		return;
	check_fail(c, o, &(struct failure){
		.severity = check_severity(c), .attribute = "targetAddress",
		.observed = o->target,
		.expected = "an address in a domain of the internet",
		.shared = shared_domain(o->target),
		.unproposed = "by which address the other mail system can be "
		              "reached only those who run it know",
		.message = check_textf(c, "%s forwards mail to %s, which "
		                       "Exchange Online cannot reach: %s",
		                       object_label(o), address, why),
	});
}

static const struct rule rules[] = {
	{
		.id = "upn-missing",
		.severity = SEVERITY_MEDIUM,
		.side = SIDE_AD, .kinds = KIND_BIT(KIND_USER),
		.attrs = ATTRS(ATTR_UPN),
		.needs = NEED_FORECAST | NEED_JOINED,
		.in_scope_only = true,
		.check = check_missing,
		.title = "User without a sign-in name",
		.why = "Synchronization sends sAMAccountName@domain instead, a "
		       "name that no one chose and that depends on the "
		       "domain's name: where the tenant has not verified that, "
		       "the user signs in with a name in the onmicrosoft.com "
		       "domain.",
		.fix = "In AD, give the user a userPrincipalName in a domain "
		       "that the tenant has verified, best the user's address.",
		.source = DOC_PREP, .part = "userPrincipalName",
	},
	{
		.id = "upn-suffix-nonroutable",
		.severity = SEVERITY_MEDIUM,
		.side = SIDE_AD, .kinds = KIND_BIT(KIND_USER),
		.attrs = ATTRS(ATTR_UPN),
		.needs = NEED_JOINED | NEED_OTHERS,
		.in_scope_only = true,
		.check = check_nonroutable,
		.title = "UPN suffix that no tenant can verify",
		.why = "A tenant verifies domains by what the DNS of the "
		       "internet says of them. Users whose suffix is not there "
		       "sign in with a name in the onmicrosoft.com domain.",
		.fix = "Give the user a suffix that the company owns on the "
		       "internet; add it to the forest first (Active Directory "
		       "Domains and Trusts), and have it verified in the "
		       "tenant. The domain itself need not be renamed.",
		.source = DOC_ROUTABLE,
	},
	{
		.id = "proxy-unroutable",
		.severity = SEVERITY_LOW,
		.side = SIDE_AD, .kinds = KINDS_SYNCED,
		.attrs = ATTRS(ATTR_PROXIES),
		.needs = NEED_JOINED | NEED_OTHERS,
		.in_scope_only = true,
		.check = check_proxies,
		.title = "Address that the internet cannot reach",
		.why = "No tenant can verify the domain: the address is "
		       "dropped where a mailbox is licensed, and is of no use "
		       "where it is not.",
		.fix = "In AD, remove the value. Where it is the primary "
		       "address (SMTP: in upper case), write an address of the "
		       "object in a domain of the internet in its place: the "
		       "company's for its own, the other organization's for a "
		       "contact or a mail user.",
		.source = DOC_SHADOW,
	},
	{
		.id = "mail-unroutable",
		.severity = SEVERITY_LOW,
		.side = SIDE_AD, .kinds = KINDS_SYNCED,
		.attrs = ATTRS(ATTR_MAIL, ATTR_PROXIES),
		.needs = NEED_JOINED | NEED_OTHERS,
		.in_scope_only = true,
		.check = check_mail,
		.title = "mail that the internet cannot reach",
		.why = "No tenant can verify the domain. Without "
		       "proxyAddresses mail becomes the primary address, and "
		       "is dropped where a mailbox is licensed.",
		.fix = "In AD, set mail to the address in a domain of the "
		       "internet, or clear it.",
		.source = DOC_POPULATE, .part = "KB3190357",
	},
	{
		.id = "target-unroutable",
		.severity = SEVERITY_LOW,
		.side = SIDE_AD, .kinds = KINDS_SYNCED,
		.attrs = ATTRS(ATTR_TARGET, ATTR_PROXIES),
		.needs = NEED_JOINED,
		.in_scope_only = true,
		.replica = REPLICA_NOT_JUDGED,
		.check = check_target,
		.title = "targetAddress that the internet cannot reach",
		.why = "Exchange Online forwards mail to targetAddress, and "
		       "finds no server for a domain of a private network.",
		.fix = "In AD, write targetAddress with an address in a domain "
		       "of the internet, or clear it.",
		.source = DOC_PREP, .part = "targetAddress",
	},
};

const struct family suffix_rules = {
	rules, sizeof(rules) / sizeof(rules[0])
};
