/* Who has, or will have, the tenant's own domain in the primary address. */
#include <string.h>
#include <strings.h>

#include "analyze/object/object.h"
#include "analyze/rules/propose.h"
#include "analyze/rules/rule.h"
#include "analyze/rules/suggest.h"
#include "analyze/rules/told.h"
#include "base/utf8.h"

/* Mailboxes that Exchange Online makes for itself. */
static bool
is_system_mailbox(const struct object *o)
{
	static const char *const prefixes[] = {
		"SystemMailbox{", "DiscoverySearchMailbox{"
	};
	const char *name = o->upn ? o->upn : o->mail ? o->mail : "";

	for (size_t i = 0; i < 2; i++)
		if (strncasecmp(name, prefixes[i], strlen(prefixes[i])) == 0)
			return true;
	return false;
}

/* What AD gives as primary address, if a company can have it; or NULL. */
static const char *
primary_in_ad(struct check *c, const struct object *ad)
{
	const char *primary = object_primary(ad) ? object_primary(ad)
		: ad->proxy_count ? NULL : ad->mail;
	const char *domain = primary ? address_domain(primary) : NULL;

	return domain && !domain_is_initial(domain) && !address_fault(primary)
	       && model_is_verified(check_model(c), domain) ? primary : NULL;
}

/* The fix for an object that AD masters, and what it names. */
static const char *
fix_in_ad(struct check *c, const struct object *ad, struct proposal *given)
{
	const char *to, *soon = ad->forecast.line.primary_smtp;
	const char *domain = soon ? address_domain(soon) : NULL;

	given->why = "AD has the address already";
	if (ad->scope.state == SCOPE_IN && domain && !domain_is_initial(domain))
		return check_textf(c, "AD is right already: the next "
		                   "synchronization should make %s the "
		                   "primary address; if it does not, look for "
		                   "an export error", soon);
	if (ad->forecast.cause == PRIMARY_HELD && primary_in_ad(c, ad))
		return check_textf(c, "AD has %s already, and the account was "
		                   "synchronized since without getting it: "
		                   "look for an export error and for another "
		                   "object that has it, then change any value "
		                   "of the object: it is exported again",
		                   primary_in_ad(c, ad));
	to = fix_left_mark(c, ad);
	given->why = "what a former mailbox left is to be cleared first";
	if (to)
		return to;
	*given = suggest_address(c, ad);
	if (!(to = given->address))
		return ad->proxy_count
			? "In AD, make the address that the object should "
			  "have, in a verified domain, the SMTP: value of "
			  "proxyAddresses: mail has no effect beside it"
			: "In AD, set mail to the address that the object "
			  "should have, in a domain that is verified in the "
			  "tenant";
	if (ad->proxy_count)
		return check_textf(c, "In AD, make SMTP:%s the only upper-case "
		                   "value of proxyAddresses, and set mail to "
		                   "%s", to, to);
	return check_textf(c, "In AD, set mail to %s, and synchronize", to);
}

/* What AD has does not get there: neither a synchronization nor AD cures it. */
static const char *
fix_online(struct check *c, const struct object *ad, struct proposal *given)
{
	*given = suggest_address(c, ad);
	return given->address
		? check_textf(c, "In AD, make %s the primary address",
		              given->address)
		: "In AD, make an address in a domain that is verified in the "
		  "tenant the primary address";
}

static bool
is_owned_online(struct check *c, const struct object *o)
{
	return authority_of_attribute(check_model(c), o, "proxyAddresses") ==
	       AUTHORITY_EXCHANGE_ONLINE;
}

/* Whether it was collected if AD masters the object. */
static bool
knows_master(struct check *c, const struct object *o)
{
	return o->tenant.synced == NO ||
	       model_covers(check_model(c), section_of(o->side, o->kind),
	                    ATTR_SYNCED);
}

static bool
is_guest_alone(const struct object *o)
{
	return !o->links.twin && o->tenant.synced != YES && object_is_guest(o);
}

#define FIX_GUEST \
	"Nothing, if someone of another organization was invited by that " \
	"address. If it is a person of this one, convert the guest to an " \
	"internal user in Entra; a guest has no mailbox, and none of its " \
	"addresses can be edited."

static const char *
fix_of(struct check *c, const struct object *o, struct proposal *given)
{
	if (is_guest_alone(o))
		return FIX_GUEST;
	if (o->links.twin)
		return is_owned_online(c, o->links.twin)
			? fix_online(c, o->links.twin, given)
			: fix_in_ad(c, o->links.twin, given);
	if (o->tenant.synced != YES && !knows_master(c, o))
		return "If the object is synchronized, set mail (or the SMTP: "
		       "value of proxyAddresses) in AD to the company's "
		       "address; if not, set its primary address in the tenant";
	if (o->tenant.synced != YES)
		return "In Exchange Online, set its primary address: the "
		       "object is not synchronized";
	if (is_owned_online(c, o))
		return "In Exchange Online, set its primary address: it "
		       "manages the mail attributes (IsExchangeCloudManaged)";
	return check_textf(c, "In AD, find the object of %s, if it has one, "
	                   "and set mail (or the SMTP: value of "
	                   "proxyAddresses) to the company's address there; "
	                   "the tenant refuses the change", object_label(o));
}

/* As fix_of, of all such: who masters them is told apart by the authority. */
static struct shared_cause
shared_initial(struct check *c, const struct object *o, const char *value)
{
	const char *action = NULL;

	if (is_guest_alone(o))
		action = FIX_GUEST;
	else if (!o->links.twin && o->tenant.synced != YES)
		action = knows_master(c, o) ? "In Exchange Online, set their "
			"primary addresses: they are not synchronized."
			: "Where they are synchronized, set mail (or the SMTP: "
			"value of proxyAddresses) in AD to the company's "
			"address; where not, set their primary addresses in "
			"the tenant.";
	return (struct shared_cause){
		address_domain(value), is_guest_alone(o)
		? "Guest with a primary address in {}" : "Primary address in "
		"{}", action
	};
}

/* TO, if AD is the place, and has not got it already. */
static struct remedy
remedy_of(struct check *c, const struct object *o, const struct proposal *to)
{
	return !o->links.twin ? remedy_none("AD has no object of it, or that "
		"was not read") : remedy_primary(c, o->links.twin, to);
}

static void
check_primary(struct check *c, const struct object *o)
{
	const char *primary = object_primary(o);
	const char *attribute = primary ? "proxyAddresses" : "mail";
	const char *value = primary ? primary : o->mail;
	const char *domain = value ? address_domain(value) : NULL;
	struct proposal given = { 0 };
	struct remedy is;
	const char *fix, *lost;

	if (!domain || !domain_is_initial(domain) || is_system_mailbox(o) ||
	    o->tenant.mail_enabled == NO ||
	    model_is_other_tenants(check_model(c), o, domain))
		return;
	fix = fix_of(c, o, &given);
	lost = tell_licence_lost(c, o);
	is = remedy_of(c, o, &given);
	check_fail(c, o, &(struct failure){
		.severity = o->tenant.synced == YES || o->links.twin
			? check_severity(c) : SEVERITY_LOW,
		.attribute = attribute, .observed = value,
		.expected = "an address in a domain of the company",
		.shared = shared_initial(c, o, value),
		.mended = is_guest_alone(o) ? MENDED_IN_ENTRA
			: MENDED_BY_OWNER,
		.message = check_textf(c, "%s has the initial-domain address "
		                       "%s as primary address%s%s",
		                       object_label(o), value,
		                       lost ? ": " : "", lost ? lost : ""),
		.fix = fix, .unread = given.unread, REMEDY(is),
	});
}

static const struct {
	const char *because;         /* the end of "..., because" */
	const char *attribute;
} causes[] = {
	[PRIMARY_NONE] = { "", NULL },
	[PRIMARY_FROM_PROXIES] = {
		"the SMTP: value of proxyAddresses says so", "proxyAddresses"
	},
	[PRIMARY_FROM_MAIL] = { "mail says so", "mail" },
	[PRIMARY_FROM_UPN] = { "neither mail nor proxyAddresses has a value, "
	                       "and the UPN is in the initial domain",
	                       "mail" },
	[PRIMARY_UPN_UNVERIFIED] = {
		"neither mail nor proxyAddresses has a value, and the UPN "
		"suffix is not verified in the tenant", "mail"
	},
	[PRIMARY_UPN_MALFORMED] = {
		"neither mail nor proxyAddresses has a value, and the UPN "
		"cannot be a sign-in name of the tenant", "mail"
	},
	[PRIMARY_ONLY_SECONDARY] = {
		"proxyAddresses has values, but none with upper-case SMTP:, "
		"and they mask mail and the UPN", "proxyAddresses"
	},
	[PRIMARY_UNVERIFIED] = {
		"the domain of its primary address is not verified in the "
		"tenant", "proxyAddresses"
	},
	[PRIMARY_MALFORMED] = {
		"its primary address is no valid address", "proxyAddresses"
	},
	[PRIMARY_RESERVED] = {
		"its primary address is in a domain of the service and is "
		"dropped", "proxyAddresses"
	},
	[PRIMARY_CONFLICT] = {
		"another object has its primary address", "proxyAddresses"
	},
	[PRIMARY_LEFT_OVER] = {
		"it has neither mail nor proxyAddresses in AD, nor a license: "
		"the initial-domain address is what is left", "mail"
	},
	[PRIMARY_HELD] = { "its account has it", NULL },
};

static const char *
observed_value(const struct object *o)
{
	switch (o->forecast.cause) {
	case PRIMARY_UNVERIFIED:
	case PRIMARY_MALFORMED:
	case PRIMARY_RESERVED:
	case PRIMARY_CONFLICT:
		return object_primary(o) ? object_primary(o) : o->mail;
	case PRIMARY_ONLY_SECONDARY:
		return o->proxies[0];
	default:
		return NULL;
	}
}

/* Where the address TO is to be written: mail and the SMTP: value agree. */
static const char *
places_for(struct check *c, const struct object *o, const char *to)
{
	if (!o->proxy_count)
		return check_textf(c, "set mail to %s", to);
	return check_textf(c, "set the SMTP: value of proxyAddresses to %s%s%s",
	                   to, suggest_mail_too(o, to) ? ", and set mail to "
	                   : "", suggest_mail_too(o, to) ? to : "");
}

/* Who keeps the primary address away; NULL: nobody does. */
static const struct contested *
rival_of(const struct object *o)
{
	const char *value = observed_value(o) ? observed_value(o) : o->upn;

	if (o->forecast.cause != PRIMARY_CONFLICT || !value)
		return NULL;
	for (size_t i = 0; i < o->forecast.contested_count; i++) {
		const struct contested *one = &o->forecast.contested[i];

		if (one->end >= QUARANTINE_HELD &&
		    utf8_same_folded(address_body(one->value), value))
			return one;
	}
	return NULL;
}

/* Where the address is taken away from another object. */
static const char *
decide(struct check *c, const struct object *o)
{
	const struct contested *rival = rival_of(o);
	const char *guest = fix_guest(c, o, rival ? rival->other : NULL);

	return guest ? guest : "Decide whose the address is and remove it from "
		"the other object";
}

/* Whether the primary address would do in a domain that can be verified. */
static bool
may_verify(struct check *c, const struct object *o)
{
	const char *value = observed_value(o);
	const char *domain = value ? address_domain(value) : NULL;

	return o->forecast.cause == PRIMARY_UNVERIFIED && domain &&
	       suffix_is_possible(check_suffix(c, domain));
}

/* Where there is no address to propose: values of proxyAddresses mask mail. */
static const char *
fix_unnamed(struct check *c, const struct object *o)
{
	const char *place = o->proxy_count ? "the SMTP: value of proxyAddresses"
	                                   : "mail";

	return o->forecast.cause == PRIMARY_CONFLICT
		? check_textf(c, "%s; or give this one another: in AD, set %s "
		              "to an address that no one has, in a domain that "
		              "is verified in the tenant", decide(c, o), place)
		: check_textf(c, "%s, set %s to an address in a domain that is "
		              "verified in the tenant",
		              may_verify(c, o) ? "Verify the domain in the "
		              "tenant, or, in AD" : "In AD", place);
}

static const char *
fix_forecast(struct check *c, const struct object *o, const char *to)
{
	if (!to)
		return fix_unnamed(c, o);
	switch (o->forecast.cause) {
	case PRIMARY_ONLY_SECONDARY:
		return check_textf(c, "In AD, write SMTP:%s (upper case) into "
		                   "proxyAddresses, and set mail to %s", to,
		                   to);
	case PRIMARY_UNVERIFIED:
		return check_textf(c, "%s%s", may_verify(c, o) ? "Verify the "
		                   "domain in the tenant, or, in AD, "
		                   : "In AD, ", places_for(c, o, to));
	case PRIMARY_CONFLICT:
		return check_textf(c, "%s; or give this one another: in AD, "
		                   "%s", decide(c, o), places_for(c, o, to));
	default:
		return check_textf(c, "In AD, %s", places_for(c, o, to));
	}
}

static const char *
because(struct check *c, const struct object *o)
{
	const struct contested *rival = rival_of(o);

	if (!rival)
		return causes[o->forecast.cause].because;
	return check_textf(c, "%s %s %s%s", rival->who,
	                   rival->end == QUARANTINE_SECOND ? "wants" : "has",
	                   address_body(rival->value),
	                   rival->end == QUARANTINE_SECOND
	                   ? ", too, and is assumed to come first" : "");
}

/* The domain that is not verified; else what is wrong with the values. */
static struct shared_cause
shared_reason(struct check *c, const struct object *o, const char *mark)
{
	enum primary_cause cause = o->forecast.cause;
	const char *value = cause == PRIMARY_UNVERIFIED ? observed_value(o)
		: cause == PRIMARY_UPN_UNVERIFIED ? o->upn : NULL;
	const char *domain = value ? address_domain(address_body(value)) : NULL;

	if (mark)
		return (struct shared_cause){ NULL, NULL, NULL };
	if (!domain)
		return (struct shared_cause){
			causes[cause].because, "Primary address will be in the "
			"initial domain: {}", NULL
		};
	return cause == PRIMARY_UNVERIFIED ? (struct shared_cause){
		domain, "Primary address will be in the initial domain: {} is "
		"not verified in the tenant", may_verify(c, o)
		? "Verify {} in the tenant, or, in AD, give them primary "
		"addresses in a verified domain, in mail and as the SMTP: "
		"value of proxyAddresses."
		: "In AD, give them primary addresses in a verified domain, in "
		"mail and as the SMTP: value of proxyAddresses: {} can never "
		"be verified."
	} : (struct shared_cause){
		domain, "Primary address will be in the initial domain: "
		"neither mail nor proxyAddresses has a value, and the UPN "
		"suffix {} is not verified in the tenant", NULL
	};
}

/* No worse than mail-missing, from which it follows. */
static enum severity
forecast_severity(const struct check *c, const struct object *o)
{
	enum primary_cause cause = o->forecast.cause;

	if (o->kind != KIND_USER || (cause != PRIMARY_FROM_UPN &&
	    cause != PRIMARY_UPN_UNVERIFIED && cause != PRIMARY_UPN_MALFORMED))
		return check_severity(c);
	if (mail_use_of(c, o) == MAIL_UNLIKELY)
		return SEVERITY_INFO;
	return o->enabled == NO ? SEVERITY_LOW : check_severity(c);
}

static void
check_forecast(struct check *c, const struct object *o)
{
	const char *primary = o->forecast.line.primary_smtp;
	const char *domain = primary ? address_domain(primary) : NULL;
	const char *attribute = causes[o->forecast.cause].attribute;
	const char *mark = o->forecast.cause == PRIMARY_UNVERIFIED
		? fix_left_mark(c, o) : NULL;
	const struct contested *rival = rival_of(o);
	struct proposal to = { 0 };
	struct remedy is = { .unproposed = NULL };

	/* That an account has it already the other rule says. */
	if (!domain || !domain_is_initial(domain) ||
	    model_owns_initial(check_model(c), domain) == NO ||
	    o->forecast.cause == PRIMARY_HELD ||
	    (rival && is_told_with_account(o, rival)))
		return;
	if (!mark) {
		to = suggest_address(c, o);
		is = remedy_primary(c, o, &to);
	}
	if (mark)
		attribute = "msExchRemoteRecipientType";
	else if (attribute && !o->proxy_count)
		attribute = "mail";
	check_fail(c, o, &(struct failure){
		.severity = forecast_severity(c, o), .attribute = attribute,
		.observed = observed_value(o),
		.key = o->forecast.cause == PRIMARY_ONLY_SECONDARY ? "" : NULL,
		.expected = to.address, .unread = to.unread, REMEDY(is),
		.shared = shared_reason(c, o, mark),
		.message = check_textf(c, "%s will have %s as primary address, "
		                       "because %s", object_label(o), primary,
		                       because(c, o)),
		.fix = mark ? mark : fix_forecast(c, o, to.address),
		.other = rival ? rival->other : NULL,
	});
}

static const struct rule rules[] = {
	{
		.id = "primary-onmicrosoft",
		.severity = SEVERITY_HIGH,
		.side = SIDE_TENANT,
		.kinds = KIND_BIT(KIND_USER) | KIND_BIT(KIND_GROUP) |
		         KIND_BIT(KIND_CONTACT) | KIND_BIT(KIND_MAILBOX),
		.any_attr = ATTRS(ATTR_PROXIES, ATTR_MAIL),
		.needs = NEED_FORECAST,
		.check = check_primary,
		.title = "Primary address is in the initial domain "
		         "(onmicrosoft.com)",
		.why = "Mail is sent with the onmicrosoft.com name. The admin "
		       "center cannot change it: AD is the source of "
		       "authority.",
		.fix = "In AD, set mail (or the SMTP: value of proxyAddresses) "
		       "to the company's address and synchronize.",
		.source = DOC_POPULATE, .part = "KB3190357",
	},
	{
		.id = "primary-onmicrosoft-forecast",
		.severity = SEVERITY_HIGH,
		.side = SIDE_AD,
		.kinds = KINDS_SYNCED,
		.attrs = ATTRS(ATTR_MAIL, ATTR_PROXIES, ATTR_UPN),
		.needs = NEED_DOMAINS | NEED_FORECAST,
		.check = check_forecast,
		.title = "Primary address will be in the initial domain "
		         "(onmicrosoft.com)",
		.why = "After the next synchronization the object's primary "
		       "address is in the onmicrosoft.com domain: AD gives no "
		       "usable primary address in a verified domain.",
		.fix = "In AD, set mail or the SMTP: value of proxyAddresses "
		       "to an address in a verified domain.",
		.source = DOC_UNSYNCED, .part = "KB2643629",
		.confidence = CONFIDENCE_DERIVED,
	},
};

const struct family primary_rules = {
	rules, sizeof(rules) / sizeof(rules[0])
};
