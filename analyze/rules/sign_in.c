/* The sign-in names that users will have in the tenant. */
#include <string.h>

#include "analyze/model/model.h"
#include "analyze/object/object.h"
#include "analyze/rules/propose.h"
#include "analyze/rules/rule.h"
#include "analyze/rules/suggest.h"
#include "analyze/rules/told.h"
#include "base/utf8.h"

static bool
is_foreseen(const struct object *o)
{
	return o->forecast.block == BLOCK_NOT;
}

static const char *
present_name(const struct object *o)
{
	return o->links.account
		? account_text(o->links.account, ACCOUNT_UPN) : NULL;
}

/* Nobody signs in with it, and it has been called so all the time. */
static bool
is_settled(const struct object *o)
{
	const char *soon = o->forecast.line.upn, *now = present_name(o);

	return account_is_unused(o) && o->links.account &&
	       o->links.account->synced == YES && soon && now &&
	       utf8_same_folded(now, soon);
}

/* Whether the tenant has a domain that a suffix can be of. */
static bool
has_verified(const struct check *c)
{
	const struct model *m = check_model(c);
	const char **all = m->verified_domains;

	for (size_t i = 0; i < m->verified_count; i++)
		if (!domain_is_initial(all[i]))
			return true;
	return false;
}

/* Where nobody can verify it, or the tenant has no other domain. */
static const char *
fix_suffix(struct check *c, const char *domain)
{
	struct routed s = check_suffix(c, domain);
	bool possible = suffix_is_possible(s);

	if (check_is_screening(c) || (possible && has_verified(c)))
		return NULL;
	if (possible)
		return check_textf(c, "Verify %s in the tenant, if it is the "
		                   "company's on the internet. The tenant has "
		                   "no domain of the company: without one no "
		                   "suffix will do.", domain);
	return check_textf(c, "%s it to the forest (Active Directory Domains "
	                   "and Trusts), and give the user that suffix. %s can "
	                   "never be verified: %s.", has_verified(c)
	                   ? "Choose a domain that the tenant has verified, add"
	                   : "Verify a domain of the company in the tenant, "
	                   "which has none, add", domain,
	                   suffix_reason(s, check_arena(c)));
}

/* By whether it can be verified, and whether there is another to give. */
static const char *const actions[2][2] = {
	{
		"Verify a domain of the company in the tenant, which has none, "
		"add it to the forest (Active Directory Domains and Trusts), "
		"and give it to them in the place of {}, which can never be "
		"verified.",
		"Add a suffix that the tenant has verified to the forest "
		"(Active Directory Domains and Trusts), and give it to them in "
		"the place of {}, which can never be verified.",
	}, {
		"Verify {} in the tenant, if it is the company's on the "
		"internet. The tenant has no domain of the company: without "
		"one no suffix will do.",
		"Add a suffix that the tenant has verified to the forest "
		"(Active Directory Domains and Trusts), and give it to them in "
		"the place of {}; or, if {} is a domain of the internet that "
		"is yours, verify it.",
	}
};

static struct shared_cause
shared_unverified(struct check *c, const char *domain)
{
	bool possible = suffix_is_possible(check_suffix(c, domain));

	return (struct shared_cause){
		domain, "UPN suffix {} is not verified in the tenant",
		actions[possible][has_verified(c)]
	};
}

static void
check_unverified(struct check *c, const struct object *o)
{
	const char *domain = o->upn ? address_domain(o->upn) : NULL;
	struct proposal to;
	struct remedy is;

	/* What cannot be a name at all is a finding of its own. */
	if (!is_foreseen(o) || !domain || check_is_behind(o) ||
	    signs_in_by_mail(c, o) ||
	    model_is_verified(check_model(c), domain) || upn_fault(o->upn))
		return;
	to = suggest_name(c, o);
	is = remedy_name(c, o, &to);
	check_fail(c, o, &(struct failure){
		.severity = is_settled(o) ? SEVERITY_INFO : check_severity(c),
		.attribute = "userPrincipalName", .observed = o->upn,
		.expected = to.address, .unread = to.unread, REMEDY(is),
		.shared = shared_unverified(c, domain),
		.message = check_textf(c, "The UPN suffix %s of %s is not "
		                       "verified in the tenant", domain,
		                       object_label(o)),
		.fix = fix_suffix(c, domain),
	});
}

static bool
is_onmicrosoft(const char *name)
{
	const char *domain = name ? address_domain(name) : NULL;

	return domain && domain_is_initial(domain);
}

/* Another rule tells why the name is lost. */
static bool
is_name_told(const struct object *o)
{
	for (size_t i = 0; i < o->forecast.contested_count; i++)
		if (o->forecast.contested[i].is_name &&
		    is_told_with_account(o, &o->forecast.contested[i]))
			return true;
	return false;
}

/* That of AD, where nothing else is in the name's way. */
static struct shared_cause
shared_suffix(const struct named_by *by, const char *why)
{
	const char *domain = by->value && !why ? address_domain(by->value)
	                                       : NULL;

	return !domain ? (struct shared_cause){ NULL, NULL, NULL }
		: (struct shared_cause){
			domain, "Sign-in name will be in the initial domain, "
			"UPN suffix {} in AD", NULL
		};
}

/*
 * Who keeps such a name has it to mend; who gets it cannot sign in as usual.
 * Whether one changes that may have an account already is not known.
 */
static const char *
fix_onmicrosoft(const struct check *c, const struct object *o)
{
	return !signs_in_by_mail(c, o) ? NULL
		: "In AD, give the user a mail that is valid, in a verified "
		  "domain that no one else uses.";
}

/* Mail goes with the primary address, which is proposed there. */
static struct remedy
remedy_sign_in(struct check *c, const struct object *o,
               struct proposal *to)
{
	*to = suggest_name(c, o);
	if (!signs_in_by_mail(c, o))
		return remedy_name(c, o, to);
	*to = suggest_address(c, o);
	return remedy_mail(c, o);
}

static void
check_onmicrosoft(struct check *c, const struct object *o)
{
	const char *soon = o->forecast.line.upn, *now = present_name(o);
	const char *why = o->forecast.upn_lost
		? check_textf(c, "%s has the name", o->forecast.upn_lost)
		: o->forecast.upn_fault;
	struct named_by by = sign_in_of(c, o);
	struct proposal to;
	struct remedy is;

	if (!is_foreseen(o) || !is_onmicrosoft(soon) ||
	    (by.value && is_told_as_unheld(o, by.value)) ||
	    (o->forecast.upn_lost && is_name_told(o)))
		return;
	is = remedy_sign_in(c, o, &to);
	check_fail(c, o, &(struct failure){
		.severity = is_settled(o) ? SEVERITY_INFO
			: check_sign_in_severity(o, o->links.is_open ||
			(now && utf8_same_folded(now, soon))
			? SEVERITY_MEDIUM : check_severity(c)),
		.attribute = by.attribute, .observed = by.value,
		.expected = to.address, .unread = to.unread, REMEDY(is),
		.fix = fix_onmicrosoft(c, o),
		.shared = shared_suffix(&by, why),
		.message = check_textf(c, "%s will sign in as %s%s%s",
		                       object_label(o), soon,
		                       why ? ", because " : "",
		                       why ? why : ""),
	});
}

/* A name of the tenant's own domain is none that AD should be given. */
static const char *
fix_change(const struct check *c, const struct object *o, const char *now)
{
	if (account_is_unused(o))
		return "Nothing: no one signs in with it.";
	if (is_onmicrosoft(now))
		return "Tell the user beforehand: the name of today is in the "
		       "initial domain, and none that AD should have.";
	return !signs_in_by_mail(c, o) ? NULL
		: "Tell the user beforehand, or set mail in AD to what the "
		"sign-in name is in the tenant.";
}

/* What the names have behind the @; the same, and nothing is shared. */
static struct shared_cause
shared_change(struct check *c, const char *now, const char *soon)
{
	const char *from = address_domain(now), *to = address_domain(soon);

	return !from || !to || utf8_same_folded(from, to)
		? (struct shared_cause){ NULL, NULL, NULL }
		: (struct shared_cause){
			check_textf(c, "@%s to @%s", from, to),
			"Sign-in name will change from {}", NULL
		};
}

static void
check_changes(struct check *c, const struct object *o)
{
	const char *soon = o->forecast.line.upn, *now = present_name(o);

	if (!is_foreseen(o) || !soon || !now || is_onmicrosoft(soon) ||
	    utf8_same_folded(now, soon))
		return;
	/* The tenant does not say what AD's name was: nobody knows. */
	if (o->links.account->synced == YES &&
	    !account_text(o->links.account, ACCOUNT_SYNC_UPN))
		return;
	check_fail(c, o, &(struct failure){
		.severity = account_is_unused(o) ? SEVERITY_INFO
		                                 : check_severity(c),
		.attribute = sign_in_of(c, o).attribute, .observed = now,
		.expected = soon, .fix = fix_change(c, o, now),
		.unproposed = "which of the two names the user should have is "
		              "to be decided, and they have to be told",
		.shared = shared_change(c, now, soon),
		.message = check_textf(c, "%s signs in as %s today, and as %s "
		                       "after the next synchronization",
		                       object_label(o), now, soon),
	});
}

#define FIX_SWITCH \
	"In the tenant, switch on synchronizeUpnForManagedUsersEnabled " \
	"before the next synchronization (Graph: " \
	"onPremisesDirectorySynchronization, features; it cannot be switched " \
	"off again, and then counts for all users). If AD's new name was " \
	"synchronized before, change it in AD once more after that."

/* AD has a sound new name, which the tenant does not take. */
static void
check_held_back(struct check *c, const struct object *o)
{
	const char *now = present_name(o);
	struct named_by by = sign_in_of(c, o);

	if (!is_foreseen(o) || !o->forecast.upn_held || !now || !by.value)
		return;
	check_fail(c, o, &(struct failure){
		.severity = check_sign_in_severity(o, check_severity(c)),
		.attribute = by.attribute, .observed = by.value,
		.expected = "a tenant that takes it",
		.unproposed = "AD's name is sound: a switch of the tenant "
		              "keeps it away",
		.message = check_textf(c, "%s is %s in AD, and will sign in as "
		                       "%s as before: the tenant does not take "
		                       "new names of licensed users from AD",
		                       object_label(o), by.value, now),
		.fix = is_onmicrosoft(now) || signs_in_by_mail(c, o)
			? FIX_SWITCH : NULL,
	});
}

/* Of two that exchange it there is nothing to decide. */
static const char *
fix_order(const struct contested *one)
{
	return one->end != QUARANTINE_AWAITED ? NULL
		: "Nothing has to be decided in AD: first synchronize what "
		"takes the name away from the other, then give it to this one. "
		"Of two that swap their names one needs another name in "
		"between.";
}

/* Whether it gets the name in the end, and what may come between. */
static const char *
tell_conflict(struct check *c, const struct object *o,
              const struct contested *one)
{
	const char *label = object_label(o), *soon = o->forecast.line.upn;

	switch (one->end) {
	case QUARANTINE_REFUSED:
		return check_textf(c, "%s will sign in as %s; %s has the name "
		                   "in AD, and its account, though in sync, "
		                   "lacks it: what keeps it away may keep it "
		                   "from this one", label, one->value,
		                   one->who);
	case QUARANTINE_WON:
		return check_textf(c, "%s is assumed to come first with the "
		                   "sign-in name %s, but %s has the same name; "
		                   "which of the two gets it is not "
		                   "known", label,
		                   one->value, one->who);
	case QUARANTINE_AWAITED:
		return check_textf(c, "%s will sign in as %s only after %s has "
		                   "given the name up, in the same "
		                   "synchronization: if it comes first, it "
		                   "gets a placeholder", label, one->value,
		                   one->who);
	default:
		return check_textf(c, "%s cannot sign in as %s, since %s %s; "
		                   "it gets a placeholder such as %s", label,
		                   one->value, one->who,
		                   one->end == QUARANTINE_HELD ? "has it"
		                   : "has the same name and is assumed to come "
		                   "first", soon ? soon : "none");
	}
}

static void
check_conflict(struct check *c, const struct object *o)
{
	for (size_t i = 0; is_foreseen(o) && i < o->forecast.contested_count;
	     i++) {
		const struct contested *one = &o->forecast.contested[i];
		unsigned milder = one->end >= QUARANTINE_HELD ? 0 : 1;

		if (!one->is_name || is_told_with_account(o, one) ||
		    is_told_as_unheld(o, one->value))
			continue;
		check_fail(c, o, &(struct failure){
			.severity = check_sign_in_severity(
				o, check_severity(c) + milder),
			.attribute = sign_in_of(c, o).attribute,
			.observed = one->value,
			.expected = "a name that no other object has",
			.unproposed = "whose name it is has to be decided "
			              "first",
			.message = tell_conflict(c, o, one),
			.fix = fix_order(one), .other = one->other,
			.claimed = { one->value, "userPrincipalName" },
		});
	}
}

static const struct rule rules[] = {
	{
		.id = "upn-suffix-unverified",
		.severity = SEVERITY_LOW,
		.category = CATEGORY_DOMAINS,
		.side = SIDE_AD, .kinds = KIND_BIT(KIND_USER),
		.attrs = ATTRS(ATTR_UPN),
		.needs = NEED_DOMAINS | NEED_FORECAST,
		.in_scope_only = true,
		.check = check_unverified,
		.title = "UPN suffix is not a verified domain",
		.why = "The tenant accepts only names in its verified "
		       "domains: other users sign in with a name in the "
		       "onmicrosoft.com domain.",
		.fix = "In AD Domains and Trusts, add a verified domain as UPN "
		       "suffix and set it on the user; or verify the suffix in "
		       "the tenant if you own it.",
		.source = DOC_SIGN_IN,
	},
	{
		.id = "upn-onmicrosoft-forecast",
		.severity = SEVERITY_HIGH,
		.side = SIDE_AD, .kinds = KIND_BIT(KIND_USER),
		.attrs = ATTRS(ATTR_UPN),
		.needs = NEED_DOMAINS | NEED_FORECAST,
		.in_scope_only = true,
		.check = check_onmicrosoft,
		.title = "Sign-in name will be in the initial domain "
		         "(onmicrosoft.com)",
		.why = "Users would have to sign in with a name that no one "
		       "has told them; where the name changes, their devices "
		       "and apps ask them to sign in again.",
		.fix = "In AD, set a valid userPrincipalName in a verified "
		       "domain that no one else uses.",
		.source = DOC_SIGN_IN,
	},
	{
		.id = "upn-changes",
		.severity = SEVERITY_MEDIUM,
		.side = SIDE_AD, .kinds = KIND_BIT(KIND_USER),
		.attrs = ATTRS(ATTR_UPN),
		.wishes = { SECTION_IN(TENANT_USERS) },
		.needs = NEED_DOMAINS | NEED_FORECAST | NEED_MATCH,
		.in_scope_only = true,
		.check = check_changes,
		.title = "Sign-in name will change",
		.why = "After the next synchronization the user signs in with "
		       "another name than today.",
		.fix = "Tell the user beforehand, or set userPrincipalName in "
		       "AD to what it is in the tenant.",
		.source = DOC_SIGN_IN,
	},
	{
		.id = "upn-held-back",
		.severity = SEVERITY_MEDIUM,
		.side = SIDE_AD, .kinds = KIND_BIT(KIND_USER),
		.attrs = ATTRS(ATTR_UPN),
		.wishes = { SECTION_IN(TENANT_USERS) },
		.needs = NEED_DOMAINS | NEED_FORECAST | NEED_MATCH,
		.in_scope_only = true,
		.check = check_held_back,
		.title = "Sign-in name that the tenant does not take",
		.why = "In an old tenant that never switched "
		       "synchronizeUpnForManagedUsersEnabled on, a licensed "
		       "user whose domain is not federated keeps their name, "
		       "whatever AD says.",
		.fix = FIX_SWITCH " Or set userPrincipalName in AD to what it "
		       "is in the tenant.",
		.source = DOC_FEATURES,
	},
	{
		.id = "upn-conflict",
		.severity = SEVERITY_HIGH,
		.category = CATEGORY_UNIQUENESS,
		.side = SIDE_AD, .kinds = KIND_BIT(KIND_USER),
		.attrs = ATTRS(ATTR_UPN),
		.wishes = { SECTION_IN(TENANT_USERS) },
		.needs = NEED_DOMAINS | NEED_FORECAST | NEED_MATCH,
		.in_scope_only = true,
		.check = check_conflict,
		.title = "Duplicate sign-in name",
		.why = "A sign-in name belongs to one user in the tenant. The "
		       "second user's name is quarantined; they get a "
		       "placeholder with four digits in the initial domain "
		       "(onmicrosoft.com).",
		.fix = "Decide who keeps the sign-in name; change the other "
		       "user's.",
		.source = DOC_RESILIENCY,
	},
};

const struct family sign_in_rules = {
	rules, sizeof(rules) / sizeof(rules[0])
};
