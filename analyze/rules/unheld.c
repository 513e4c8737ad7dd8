/* What AD has and the tenant does not, after the object was synchronized. */
#include "analyze/model/model.h"
#include "analyze/object/object.h"
#include "analyze/rules/rule.h"
#include "analyze/rules/told.h"
#include "base/utf8.h"

#define TENANT { SECTION_IN(TENANT_USERS), SECTION_IN(TENANT_GROUPS), \
	SECTION_IN(TENANT_CONTACTS) }

bool
is_told_as_unheld(const struct object *o, const char *value)
{
	for (size_t i = 0; i < o->forecast.unheld_count; i++)
		if (utf8_same_folded(address_body(o->forecast.unheld[i].value),
		                     address_body(value)))
			return true;
	return false;
}

static bool
differs(const char *soon, const char *now)
{
	return soon && now && !utf8_same_folded(soon, now);
}

/*
 * Where the forecast is not written, whoever's account lacks what is forecast
 * is to be read again; with it all are.
 */
static bool
may_lack(const struct object *o)
{
	const struct account *h = o->links.account;
	const struct forecast *f = &o->forecast.line;

	if (!h || h->synced != YES || h->last_sync == WHEN_NONE)
		return false;
	for (size_t i = 0; i < f->proxy_count; i++)
		if (!account_has(h, unique_hash(UNIQUE_PROXY,
		                                f->proxy_addresses[i])))
			return true;
	return differs(f->primary_smtp, account_text(h, ACCOUNT_PRIMARY)) ||
	       differs(f->upn, account_text(h, ACCOUNT_UPN)) ||
	       differs(o->upn, account_text(h, ACCOUNT_UPN));
}

/* Without its only SMTP: value the account would get another primary. */
#define FIX_PRIMARY \
	"In AD, add another address to proxyAddresses, synchronize, and take " \
	"it away again: the attribute is written again. Or make the tenant's " \
	"primary address the SMTP: value in AD, if that is the right one."

static const struct {
	const char *attribute;
	const char *lacks;           /* what the account does with it */
	const char *fix;             /* where nobody else has it */
	unsigned milder;             /* than the rule */
} forms[] = {
	[UNHELD_NOT] = { NULL, NULL, NULL, 0 },
	[UNHELD_ADDRESS] = {
		"proxyAddresses", "lacks the address", NULL, 0
	},
	[UNHELD_AS_PRIMARY] = {
		"proxyAddresses", "has another primary address than",
		FIX_PRIMARY, 1
	},
	[UNHELD_NAME] = {
		"userPrincipalName", "lacks the sign-in name",
		"In AD, give the user another userPrincipalName in a verified "
		"domain, synchronize, write the right one, and synchronize "
		"again: the tenant computes the name again only when it "
		"changes.", 0
	},
};

static const char *
fix_of(struct check *c, const struct object *o, const struct unheld *one,
       const struct object *other)
{
	if (!other && address_type(one->value) == ADDRESS_PRIMARY)
		return FIX_PRIMARY;
	return !other ? forms[one->as].fix
		: check_textf(c, "Decide whose it is: remove it from %s, or in "
		              "AD from %s; if %s is to have it, remove it in "
		              "AD as well, synchronize, write it again, and "
		              "synchronize.", object_label(other),
		              object_label(o), object_label(o));
}

/* What one action mends: an only SMTP: value is none to take away. */
static struct shared_cause
shared_form(const struct unheld *one, const struct object *other)
{
	const char *attribute = forms[one->as].attribute;

	if (other)
		return (struct shared_cause){
			one->as == UNHELD_NAME ? "names of others"
			: "addresses of others", "Value of AD that another has "
			"in the tenant", "Decide whose each is, and remove it "
			"from the other. Where the object of AD is to have it, "
			"remove it there as well, synchronize, write it again, "
			"and synchronize."
		};
	if (one->as != UNHELD_NAME &&
	    address_type(one->value) == ADDRESS_PRIMARY)
		return (struct shared_cause){
			"primary address", "Primary address of AD that is not "
			"the tenant's", FIX_PRIMARY
		};
	return (struct shared_cause){
		attribute, "Value of AD's {} that the tenant lacks",
		forms[one->as].fix
	};
}

static const char *
tell_holder(struct check *c, const struct object *other)
{
	return !other ? "" : check_textf(c, "; the %s%s %s has it",
		other->side == SIDE_TENANT ? "tenant's " : "",
		kind_name(other->kind),
		object_described(other, check_arena(c)));
}

/* Several SMTP: values are a finding of their own. */
static bool
is_one_of_several(const struct object *o, const char *value)
{
	size_t n = 0;
	bool is = false;

	for (size_t i = 0; i < o->proxy_count; i++) {
		if (address_type(o->proxies[i]) != ADDRESS_PRIMARY)
			continue;
		n++;
		is |= utf8_same_folded(o->proxies[i], value);
	}
	return is && n > 1;
}

/* The tenant itself says why: told by sync-error. */
static bool
is_reported(const struct object *o, const char *value)
{
	const struct provisioning_error *e = o->links.twin
		? o->links.twin->tenant.sync_errors : NULL;

	for (; e; e = e->next)
		if (e->value && utf8_same_folded(address_body(e->value),
		                                 address_body(value)))
			return true;
	return false;
}

/*
 * That the primary address is in the initial domain is told with all of it; and
 * so is that another one of AD has the address.
 */
static bool
is_told(struct check *c, const struct object *o, const struct unheld *one)
{
	const char *now = o->forecast.line.primary_smtp;
	const char *domain = now ? address_domain(now) : NULL;

	if (is_reported(o, one->value))
		return true;
	if (one->as == UNHELD_NAME)
		return false;
	return (domain && domain_is_initial(domain) &&
	        address_type(one->value) == ADDRESS_PRIMARY) ||
	       is_one_of_several(o, one->value) ||
	       check_sharer(c, o, one->value);
}

/* A name in the initial domain is nobody's who does not sign in. */
static enum severity
severity_of(const struct check *c, const struct object *o, enum unheld_as as)
{
	enum severity own = check_severity(c) + forms[as].milder;

	return as == UNHELD_NAME ? check_sign_in_severity(o, own) : own;
}

static void
report(struct check *c, const struct object *o, const struct unheld *one)
{
	const struct object *other = one->as == UNHELD_AS_PRIMARY
		? NULL : check_who_has(c, o, one->value);
	char last[WHEN_TEXT], changed[WHEN_TEXT];

	when_format(one->last_sync, last);
	when_format(o->ad.changed, changed);
	check_fail(c, o, &(struct failure){
		.severity = severity_of(c, o, one->as),
		.attribute = forms[one->as].attribute, .observed = one->value,
		.expected = "that the tenant holds it",
		.unproposed = "AD has the value already: what keeps it from "
		              "the account has to be found out",
		.shared = shared_form(one, other),
		.message = check_textf(c, "The account of %s %s %s, which AD "
		                       "has: it was synchronized at %s, after "
		                       "the object last changed at %s%s",
		                       object_label(o), forms[one->as].lacks,
		                       address_body(one->value), last, changed,
		                       tell_holder(c, other)),
		.fix = fix_of(c, o, one, other), .other = other,
	});
}

static void
check_unheld(struct check *c, const struct object *o)
{
	if (check_is_screening(c) && !check_has_forecast(c) && may_lack(o))
		check_fail(c, o, &(struct failure){
			.severity = check_severity(c)
		});
	for (size_t i = 0; i < o->forecast.unheld_count; i++)
		if (!is_told(c, o, &o->forecast.unheld[i]))
			report(c, o, &o->forecast.unheld[i]);
}

static const struct rule rules[] = {
	{
		.id = "value-not-synchronized",
		.severity = SEVERITY_MEDIUM,
		.side = SIDE_AD, .kinds = KINDS_SYNCED,
		.wishes = TENANT,
		.needs = NEED_FORECAST | NEED_SHARERS | NEED_DOMAINS |
		         NEED_MATCH | NEED_HELD | NEED_LAST_SYNC,
		.in_scope_only = true,
		.check = check_unheld,
		.title = "Value of AD that the tenant lacks",
		.why = "The account was synchronized after its object last "
		       "changed in AD, and yet lacks a value that sync takes. "
		       "Its domain may have been verified later, another "
		       "recipient may have had it then, or a sync rule may "
		       "leave it out. No one writes it before it changes: mail "
		       "to the address is returned.",
		.fix = "In AD, remove the value, synchronize, write it again, "
		       "and synchronize; if the account lacks it still, look "
		       "for a sync rule that leaves it out, and for a "
		       "recipient of Exchange Online or a deleted user that "
		       "has it.",
		.source = DOC_POPULATE,
		.confidence = CONFIDENCE_DERIVED,
	},
};

const struct family unheld_rules = {
	rules, sizeof(rules) / sizeof(rules[0])
};
