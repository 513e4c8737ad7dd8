/* The tenant's domains, and what AD has in domains that are none of them. */
#include <inttypes.h>

#include "analyze/model/model.h"
#include "analyze/object/object.h"
#include "analyze/policy/policy.h"
#include "analyze/rules/rule.h"
#include "analyze/rules/told.h"
#include "base/buf.h"
#include "base/utf8.h"

/* ---- domains that are in use, and not verified ---- */

static bool
is_unverified(struct check *c, const char *domain)
{
	return domain && !domain_is_initial(domain) &&
	       !model_is_verified(check_model(c), domain);
}

/* Its registry may have it in a tenant, and hardly anybody else. */
static bool
is_registrys(struct check *c, const char *domain)
{
	return check_suffix(c, domain).routing == ROUTING_SUFFIX;
}

/* What no finding of the domain says otherwise. */
static struct shared_cause
shared_use(struct check *c, const char *domain)
{
	if (!suffix_is_possible(check_suffix(c, domain)))
		return (struct shared_cause){
			domain, "{} is in use, and can never be verified",
			"Add a domain that the tenant has verified to the "
			"forest as a UPN suffix (Active Directory Domains and "
			"Trusts), and give it to the users in the place of "
			"{}; change the addresses."
		};
	if (is_registrys(c, domain))
		return (struct shared_cause){
			domain, "{} is in use, a public suffix that is not "
			"verified in the tenant",
			"If {} is the company's, as its registry, verify it "
			"in the tenant. Else give the objects names and "
			"addresses in a domain that is verified: {} is a "
			"public suffix, below which others have names."
		};
	return (struct shared_cause){
		domain, "{} is in use, and not verified in the tenant",
		"If {} is the company's, verify it in the tenant before the "
		"next synchronization (Entra admin center, Domain names). Else "
		"give the objects names and addresses in a domain that is "
		"verified."
	};
}

/* What its finding is known by, whoever uses it. */
static struct failure
domain_failure(struct check *c, const char *domain)
{
	return (struct failure){
		.attribute = "verifiedDomains", .observed = domain,
		.shared = shared_use(c, domain),
		.mended = suffix_is_possible(check_suffix(c, domain))
			? MENDED_IN_ENTRA : MENDED_BY_OWNER,
	};
}

static void
count_name(struct check *c, const struct object *o)
{
	struct named_by by = sign_in_of(c, o);
	const char *domain = by.value ? address_domain(by.value) : NULL;
	struct failure will;

	if (o->kind != KIND_USER || !is_unverified(c, domain) ||
	    check_upn_fault(c, by.value))
		return;
	will = domain_failure(c, domain);
	check_count_domain(c, o, &(struct domain_used){
		.will = &will, .domain = domain,
		.use = account_is_unused(o) || account_is_no_persons(o)
			? USED_BY_NOBODY : USED_BY_PERSON,
		.attribute = by.attribute, .value = by.value,
	});
}

/* Of who has his mail elsewhere the address is not the company's. */
static bool
has_mail_elsewhere(const struct object *o, const char *primary)
{
	const char *to = o->target ? address_domain(o->target) : NULL;
	const char *domain = address_domain(primary);

	return o->ad.recipient_type == RECIPIENT_MAIL_USER ||
	       (to && domain && utf8_same_domain(to, domain));
}

static void
count_primary(struct check *c, const struct object *o)
{
	const char *primary = object_primary(o);
	bool receives = o->kind == KIND_GROUP
		? object_is_mail_enabled(o)
		: o->kind == KIND_USER && o->forecast.will_have_mailbox;
	struct failure will;

	if (!primary || !receives || check_address_fault(c, primary) ||
	    has_mail_elsewhere(o, primary) ||
	    !is_unverified(c, address_domain(primary)))
		return;
	will = domain_failure(c, address_domain(primary));
	check_count_domain(c, o, &(struct domain_used){
		.will = &will, .domain = address_domain(primary),
		.use = USED_AS_PRIMARY,
		.attribute = "proxyAddresses", .value = primary,
	});
}

static void
count_use(struct check *c, const struct object *o)
{
	if (check_is_behind(o))
		return;
	count_name(c, o);
	count_primary(c, o);
}

static void
put_count(struct buf *out, uint64_t n, const char *one, const char *many)
{
	if (n)
		buf_addf(out, "%s%" PRIu64 " %s", out->len ? " and " : "", n,
		         n == 1 ? one : many);
}

static const char *
tell_use(struct check *c, const struct used_domain *d)
{
	uint64_t names = d->uses[USED_BY_PERSON] + d->uses[USED_BY_NOBODY];
	struct buf what = { 0 };
	const char *out;

	put_count(&what, names, "sign-in name", "sign-in names");
	put_count(&what, d->uses[USED_AS_PRIMARY], "primary address",
	          "primary addresses");
	out = check_textf(c, "%s of objects in scope %s in %s, which the "
	                  "tenant has not verified%s", buf_text(&what),
	                  names + d->uses[USED_AS_PRIMARY] == 1 ? "is" : "are",
	                  d->spelt, is_registrys(c, d->spelt)
	                  ? ": it is a public suffix, below which others have "
	                  "names" : "");
	buf_release(&what);
	return out;
}

static const char *
fix_use(struct check *c, const struct used_domain *d)
{
	struct routed s = check_suffix(c, d->spelt);

	if (!suffix_is_possible(s))
		return check_textf(c, "%s can never be verified: %s. Add a "
		                   "domain that the tenant has verified to the "
		                   "forest as a UPN suffix (Active Directory "
		                   "Domains and Trusts), and give it to these "
		                   "users; change the addresses.", d->spelt,
		                   suffix_reason(s, check_arena(c)));
	if (is_registrys(c, d->spelt))
		return check_textf(c, "If %s is the company's, as its "
		                   "registry, verify it in the tenant. Else "
		                   "give these objects names and addresses in "
		                   "a domain that is verified.", d->spelt);
	return check_textf(c, "If %s is the company's, verify it in the tenant "
	                   "before the next synchronization (Entra admin "
	                   "center, Domain names). Else give these objects "
	                   "names and addresses in a domain that is verified.",
	                   d->spelt);
}

/* By AD alone it is low, too. */
static enum severity
use_severity(struct check *c, const struct used_domain *d)
{
	if (!d->uses[USED_BY_PERSON] && !d->uses[USED_AS_PRIMARY])
		return SEVERITY_INFO;
	return is_registrys(c, d->spelt) ? SEVERITY_LOW : check_severity(c);
}

static void
check_unverified(struct check *c)
{
	const struct used_domain *all;
	size_t n = check_used_domains(c, &all);

	for (size_t i = 0; i < n; i++) {
		struct failure f = domain_failure(c, all[i].spelt);

		f.severity = use_severity(c, &all[i]);
		f.expected = "a domain that the tenant has verified";
		f.message = tell_use(c, &all[i]);
		f.fix = fix_use(c, &all[i]);
		check_fail_mail_domain(c, all[i].spelt, &f);
	}
}

/* ---- from federated domains to managed ones, or back ---- */

static const char *
how_of(bool federated)
{
	return federated ? "federated" : "managed";
}

/* The end of a name in an initial domain is told by others. */
static void
check_federated(struct check *c, const struct object *o)
{
	const char *soon = o->forecast.line.upn;
	const char *now = o->links.account
		? account_text(o->links.account, ACCOUNT_UPN) : NULL;
	const char *to = soon ? address_domain(soon) : NULL;
	const char *from = now ? address_domain(now) : NULL;
	const struct model *m = check_model(c);
	bool will;

	if (o->forecast.block != BLOCK_NOT || !to || !from ||
	    domain_is_initial(to) ||
	    model_is_federated(m, to) == model_is_federated(m, from))
		return;
	will = model_is_federated(m, to);
	check_fail(c, o, &(struct failure){
		.severity = check_sign_in_severity(o, check_severity(c)),
		.attribute = "userPrincipalName", .observed = now,
		.expected = soon,
		.shared = {
			check_textf(c, "%s (%s) to %s (%s)", from,
			            how_of(!will), to, how_of(will)),
			"Sign-in moves from {}", NULL
		},
		.message = check_textf(c, "%s moves from %s, which is %s, to "
		                       "%s, which is %s: %s", object_label(o),
		                       from, how_of(!will), to, how_of(will),
		                       will ? "the company's own servers will "
		                       "check the password" : "the tenant will "
		                       "check the password, and needs its hash "
		                       "or an agent"),
	});
}

/* ---- the tenant's default domain ---- */

static const char *
default_lacks(const struct model *m, struct arena *a)
{
	(void)a;
	return m->tenant_domains.chosen ? NULL
		: "tenant domains: isDefault not collected";
}

static void
check_default(struct check *c)
{
	const struct tenant_domains *d = &check_model(c)->tenant_domains;

	if (!d->chosen || !domain_is_initial(d->chosen))
		return;
	check_fail_tenant(c, &(struct failure){
		.severity = d->own ? check_severity(c) : SEVERITY_LOW,
		.attribute = "isDefault", .observed = d->chosen,
		.expected = d->own ? d->own : "a domain of the company",
		.message = check_textf(c, "The tenant's default domain is %s%s",
		                       d->chosen, d->own ? check_textf(
		                       c, ", though it has verified %s", d->own)
		                       : ", and it has verified no other"),
		.fix = d->own ? NULL : "Verify the company's domain in the "
		       "tenant, and make it the default.",
		.mended = MENDED_IN_ENTRA,
	});
}

static const struct rule rules[] = {
	{
		.id = "domain-unverified-in-use",
		.severity = SEVERITY_HIGH,
		.side = SIDE_AD, .kinds = KIND_BIT(KIND_USER) |
		                          KIND_BIT(KIND_GROUP),
		.attrs = ATTRS(ATTR_UPN, ATTR_PROXIES),
		.needs = NEED_DOMAINS | NEED_FORECAST | NEED_JOINED,
		.in_scope_only = true,
		.check = count_use, .check_tenant = check_unverified,
		.title = "Domain in use that is not verified",
		.why = "Names in a domain that the tenant has not verified "
		       "become names in the initial domain (onmicrosoft.com), "
		       "and addresses in it are dropped: all of its users have "
		       "that in common, and one change fixes it.",
		.fix = "If the domain is the company's, and one of the "
		       "internet, verify it in the tenant before the next "
		       "synchronization. Else give the objects names and "
		       "addresses in a domain that is verified.",
		.source = DOC_SIGN_IN,
	},
	{
		.id = "domain-federated",
		.severity = SEVERITY_MEDIUM,
		.side = SIDE_AD, .kinds = KIND_BIT(KIND_USER),
		.attrs = ATTRS(ATTR_UPN),
		.wishes = { SECTION_IN(TENANT_USERS) },
		.needs = NEED_DOMAINS | NEED_FORECAST | NEED_MATCH |
		         NEED_FEDERATION,
		.in_scope_only = true,
		.check = check_federated,
		.title = "Sign-in moves between federated and managed",
		.why = "The company's own servers check passwords of a "
		       "federated domain, the tenant those of a managed one. A "
		       "user who moves to the other kind signs in elsewhere "
		       "from one synchronization to the next, with another "
		       "second factor and, without a password hash in the "
		       "tenant, not at all.",
		.fix = "Move a few users first and check that they can sign "
		       "in: for a managed domain password hashes have to be in "
		       "the tenant, for a federated one the servers must know "
		       "the suffix. Or give the user a name in a domain of the "
		       "kind that it has today.",
		.source = DOC_FEATURES,
		.part = "synchronizeUpnForManagedUsers",
	},
	{
		.id = "domain-default-initial",
		.severity = SEVERITY_MEDIUM,
		.side = SIDE_TENANT,
		.sections = { SECTION_IN(TENANT_DOMAINS) },
		.check_tenant = check_default, .lacks = default_lacks,
		.title = "Default domain of the tenant is its initial one",
		.why = "Users, groups and teams that are created in the tenant "
		       "without a choice of domain get an onmicrosoft.com name "
		       "and address.",
		.fix = "In the Entra admin center, Domain names, make the "
		       "company's domain the default (Make primary). Names "
		       "that are there already stay as they are.",
		.source = DOC_CUSTOM_DOMAINS,
	},
};

const struct family domain_use_rules = {
	rules, sizeof(rules) / sizeof(rules[0])
};
