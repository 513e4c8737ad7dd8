/*
 * Values that several objects of AD have, whatever as: mail, proxyAddresses,
 * sign-in names and targetAddress are one space to the tenant.
 */
#include <string.h>

#include "analyze/model/model.h"
#include "analyze/object/object.h"
#include "analyze/rules/propose.h"
#include "analyze/rules/rule.h"
#include "analyze/rules/told.h"
#include "base/buf.h"
#include "base/utf8.h"

/* How many of the holders of a value are told by name. */
enum { TOLD = 3 };

/* A value of an object, as a whole one of proxyAddresses, and who has it. */
struct shared_value {
	const char *text, *attribute, *observed;
	unsigned as;               /* HOLDING_ bits */
	struct holdings others;
};

static bool
is_synced(const struct object *o)
{
	return o->scope.state == SCOPE_IN;
}

/* ---- the holders, in words ---- */

/* Where nothing is said it is as in the object that is reported. */
static const char *
tell_as(unsigned as, unsigned own)
{
	return !as || (as & own) ? ""
		: as & HOLDING_PROXY ? " in proxyAddresses"
		: as & HOLDING_MAIL ? " in mail"
		: as & HOLDING_UPN ? " as its UPN" : " in targetAddress";
}

static void
add_one(struct check *c, struct buf *out, const struct holding *h,
        unsigned own)
{
	buf_addf(out, "the %s %s%s%s", kind_name(h->o->kind),
	         object_described(h->o, check_arena(c)), tell_as(h->as, own),
	         !is_synced(h->o) ? ", which is not synchronized"
	         : h->o->enabled == NO ? ", which is disabled" : "");
}

const char *
tell_holdings(struct check *c, const struct holdings *l, unsigned own)
{
	size_t told = l->count > TOLD ? TOLD : l->count;
	size_t more = l->count - told;
	struct buf out = { 0 };
	const char *text;

	for (size_t i = 0; i < told; i++) {
		if (i)
			buf_adds(&out, i + 1 == told && !more ? " and " : ", ");
		add_one(c, &out, &l->items[i], own);
	}
	if (more)
		buf_addf(&out, " and %s%zu other%s", l->is_cut ? "at least "
		         : "", more, more == 1 ? "" : "s");
	text = arena_strdup(check_arena(c), buf_text(&out));
	buf_release(&out);
	return text;
}

/* ---- which rule tells a value ---- */

/* Sync takes mail for an address of whoever has no other. */
static bool
is_proxy_pair(const struct shared_value *v, const struct holding *h)
{
	return (h->as & HOLDING_PROXY) &&
	       ((v->as & HOLDING_PROXY) || ((v->as & HOLDING_MAIL) &&
	                                   object_holds_addresses(h->o)));
}

static bool
is_upn_pair(const struct shared_value *v, const struct holding *h)
{
	return v->as & h->as & HOLDING_UPN;
}

static size_t
count(const struct shared_value *v, bool (*is)(const struct shared_value *v,
                                        const struct holding *h))
{
	size_t n = 0;

	for (size_t i = 0; i < v->others.count; i++)
		n += is(v, &v->others.items[i]);
	return n;
}

static bool
is_any_synced(const struct shared_value *v, const struct holding *h)
{
	(void)v;
	return is_synced(h->o);
}

/* What is neither in two lists of addresses nor two sign-in names. */
static enum shared_as
crossing(const struct object *o, const struct shared_value *v)
{
	size_t synced = count(v, is_any_synced);

	if (!v->others.count || count(v, is_proxy_pair) ||
	    count(v, is_upn_pair) || (!is_synced(o) && !synced))
		return SHARED_NOT;
	return is_synced(o) && synced ? SHARED_ADDRESS : SHARED_FILTERED;
}

/* The forecast tells what becomes of it: proxy-conflict, upn-conflict. */
static bool
is_foreseen(struct check *c, const struct object *o,
            const struct shared_value *v)
{
	if (!check_model(c)->tenant)
		return false;
	for (size_t i = 0; i < o->forecast.contested_count; i++)
		if (utf8_same_folded(address_body(v->text), address_body(
			    o->forecast.contested[i].value)))
			return true;
	return false;
}

static bool
is_told_by(struct check *c, const struct object *o,
           const struct shared_value *v, enum shared_as which)
{
	switch (which) {
	case SHARED_PROXY:
		return count(v, is_proxy_pair) > 0;
	case SHARED_UPN:
		return count(v, is_upn_pair) && !is_foreseen(c, o, v) &&
		       (is_synced(o) || count(v, is_any_synced));
	default:
		return crossing(o, v) == which && !is_foreseen(c, o, v);
	}
}

/* ---- findings ---- */

/* Mail that is only sent on to an address takes it from nobody at once. */
static bool
is_all_target(const struct shared_value *v)
{
	for (size_t i = 0; i < v->others.count; i++)
		if (v->others.items[i].as != HOLDING_TARGET)
			return v->as == HOLDING_TARGET;
	return true;
}

/* Mail for its mailbox goes to whoever has the address. */
static bool
is_sent_astray(const struct object *o, const struct shared_value *v)
{
	return v->as == HOLDING_TARGET && recipient_is_remote(o) &&
	       !account_has_address(o->links.account, address_body(v->text));
}

/* Others send to it by mistake, and need another targetAddress. */
static bool
is_sent_here(const struct shared_value *v)
{
	for (size_t i = 0; i < v->others.count; i++)
		if (v->others.items[i].as != HOLDING_TARGET ||
		    !recipient_is_remote(v->others.items[i].o))
			return false;
	return true;
}

/* Whoever comes second, the account that has the address keeps it. */
static bool
is_kept(const struct object *o, const struct shared_value *v)
{
	const struct account *h = o->links.account;
	const struct forecast *f = &o->forecast.line;

	if (!h || h->synced != YES || !account_has(h, unique_hash(
		    UNIQUE_ADDRESS, address_body(v->text))))
		return false;
	for (size_t i = 0; i < f->proxy_count; i++)
		if (utf8_same_folded(address_body(f->proxy_addresses[i]),
		                     address_body(v->text)))
			return true;
	return false;
}

static enum severity
severity_of(const struct check *c, const struct object *o,
            const struct shared_value *v, enum shared_as which)
{
	if (is_synced(o) && is_sent_astray(o, v))
		return check_severity(c);
	if (!is_synced(o) || !count(v, is_any_synced) || is_all_target(v) ||
	    is_kept(o, v))
		return SEVERITY_LOW;
	/* By the forecast it gets the value all the same. */
	if (which != SHARED_PROXY && check_model(c)->tenant &&
	    check_model(c)->initial_domain && check_model(c)->domains_known)
		return SEVERITY_LOW;
	return which == SHARED_UPN
		? check_sign_in_severity(o, check_severity(c))
		: check_severity(c);
}

static const char fix_astray[] =
	"In AD, set targetAddress to the address that the mailbox has in "
	"Exchange Online (Set-RemoteMailbox -RemoteRoutingAddress).";

/* Where one of two lies is told by what has it; then who can do without. */
static const char *
fix_of(struct check *c, const struct object *o, const struct shared_value *v,
       enum shared_as which)
{
	const char *own = object_routing_address(o);

	const char *what = v->as & HOLDING_PROXY || which != SHARED_PROXY
		? NULL : "In AD, decide whose address it is, and give the "
		"other object another one.";

	if (is_sent_astray(o, v))
		return own ? check_textf(c, "In AD, set targetAddress to "
			"SMTP:%s (Set-RemoteMailbox -RemoteRoutingAddress), "
			"if that is its address in Exchange Online", own)
			: fix_astray;
	if (is_sent_here(v))
		return "If the address is this one's, in AD, set the other's "
			"targetAddress to the address that it has in Exchange "
			"Online (Set-RemoteMailbox -RemoteRoutingAddress).";
	return which == SHARED_PROXY && (v->others.count > 1 || !what)
		? fix_shared(c, o, address_body(v->text), &v->others) : what;
}

/* The first that sync takes, or the first. */
static const struct object *
first_of(const struct holdings *l)
{
	for (size_t i = 0; i < l->count; i++)
		if (is_synced(l->items[i].o))
			return l->items[i].o;
	return l->items[0].o;
}

static const char *
tell_own(const struct shared_value *v)
{
	return v->as & HOLDING_PROXY ? "the address" : v->as & HOLDING_MAIL
		? "mail" : v->as & HOLDING_UPN ? "the UPN"
		: "the targetAddress";
}

static const char *const undecided[] = {
	[SHARED_PROXY] = "whose address it is has to be decided first",
	[SHARED_ADDRESS] = "whose address it is has to be decided first",
	[SHARED_UPN] = "whose name it is has to be decided first",
	[SHARED_FILTERED] = "whether the one that is not synchronized needs it "
	                    "on premises has to be found out first",
};

/* Mail that is sent astray is mended at the one that sends it. */
static struct claimed_value
claim_of(const struct shared_value *v, enum shared_as which, bool astray)
{
	return (struct claimed_value){
		astray ? NULL : address_body(v->text),
		which == SHARED_UPN ? "userPrincipalName" : CLAIMED_ADDRESS
	};
}

static void
report(struct check *c, const struct object *o, const struct shared_value *v,
       enum shared_as which)
{
	bool is_name = which == SHARED_UPN, astray = is_sent_astray(o, v);
	struct remedy is = astray ? remedy_routed_target(c, o)
	                          : remedy_none(undecided[which]);

	check_fail(c, o, &(struct failure){
		.severity = severity_of(c, o, v, which),
		.attribute = is_name ? "userPrincipalName" : v->attribute,
		.observed = is_name && o->upn ? o->upn : v->observed,
		.expected = is_name ? "a name that no other object has"
			: "an address that no other object has",
		REMEDY(is),
		.shared = !astray ? (struct shared_cause){ .value = NULL }
			: (struct shared_cause){ "targetAddress", "Remote "
				"mailbox whose {} is an address of another "
				"object", fix_astray },
		.message = check_textf(c, "%s has %s %s, and so %s %s%s",
		                       object_label(o), !is_name ? tell_own(v)
		                       : o->upn ? "the UPN" : "no UPN, so that "
		                       "sync sends", address_body(v->text),
		                       v->others.count > 1 ? "have" : "has",
		                       tell_holdings(c, &v->others, v->as),
		                       is_synced(o) || object_holds_addresses(o)
		                       ? "" : "; this one is not "
		                       "synchronized"),
		.fix = fix_of(c, o, v, which), .other = first_of(&v->others),
		.others = &v->others, .claimed = claim_of(v, which, astray),
	});
}

/* ---- the values of an object, each once ---- */

static void
judge(struct check *c, const struct object *o, struct shared_value v,
      enum shared_as which)
{
	v.as = holding_of(c, o, v.text);
	/* Who is only named for the value costs nothing. */
	if (!v.as)
		return;
	v.others = check_holdings(c, o, v.text);
	if (v.others.count && is_told_by(c, o, &v, which))
		report(c, o, &v, which);
}

/* An address that stands outside of proxyAddresses. */
static void
judge_other(struct check *c, const struct object *o, const char *attribute,
            const char *value, enum shared_as which)
{
	if (!value || !strchr(value, '@') || object_lists(o,
	                                                  address_body(value)))
		return;
	judge(c, o, (struct shared_value){
		.text = check_textf(c, "smtp:%s", address_body(value)),
		.attribute = attribute, .observed = value,
	}, which);
}

static void
judge_proxies(struct check *c, const struct object *o, enum shared_as which)
{
	struct met_values met;

	met_begin(&met);
	for (size_t i = 0; i < o->proxy_count; i++)
		if (met_before(&met, UNIQUE_PROXY, o->proxies[i]) < 0)
			judge(c, o, (struct shared_value){
				.text = o->proxies[i],
				.attribute = "proxyAddresses",
				.observed = o->proxies[i],
			}, which);
	met_end(&met);
}

/* A conflict object has what the one has whose name it had: told of that. */
void
report_shared(struct check *c, const struct object *o, enum shared_as which)
{
	bool by_mail = signs_in_by_mail(c, o);
	const char *mail = o->proxy_count && !by_mail ? NULL : o->mail;
	const char *name = by_mail ? NULL : o->upn ? o->upn : sent_name(c, o);
	const char *upn = address_is_same(name, mail) ? NULL : name;

	if (!o->links.may_share || object_mark(o) != DN_PLAIN)
		return;
	judge_other(c, o, "mail", mail, which);
	judge_proxies(c, o, which);
	judge_other(c, o, "userPrincipalName", upn, which);
	if (!address_is_same(o->target, mail) &&
	    !address_is_same(o->target, name))
		judge_other(c, o, "targetAddress", o->target, which);
}

static void
check_address(struct check *c, const struct object *o)
{
	report_shared(c, o, SHARED_ADDRESS);
}

static void
check_upn(struct check *c, const struct object *o)
{
	report_shared(c, o, SHARED_UPN);
}

static void
check_filtered(struct check *c, const struct object *o)
{
	report_shared(c, o, SHARED_FILTERED);
}

static const struct rule rules[] = {
	{
		.id = "address-duplicate",
		.severity = SEVERITY_HIGH,
		.side = SIDE_AD, .kinds = KINDS_OF_RECIPIENTS,
		.attrs = ATTRS(ATTR_MAIL, ATTR_PROXIES),
		.each_attr = ATTRS(ATTR_PROXIES, ATTR_UPN, ATTR_TARGET,
		                   ATTR_DISPLAY_NAME),
		.needs = NEED_FORECAST | NEED_SHARERS | NEED_JOINED |
		         NEED_OTHERS,
		.in_scope_only = true,
		.check = check_address,
		.title = "Duplicate address in another attribute",
		.why = "mail, proxyAddresses, sign-in names and where the mail "
		       "of contacts, mail users and remote mailboxes goes are "
		       "one space in the tenant, over users, groups and "
		       "contacts: the second object is quarantined without the "
		       "value, or is not exported at all; mail for a remote "
		       "mailbox goes to the object that has the address.",
		.fix = "In AD, decide whose address it is, and give all others "
		       "another one, in each attribute that has it; one that "
		       "is disabled can mostly do without.",
		.source = DOC_RESILIENCY,
	},
	{
		.id = "upn-duplicate",
		.severity = SEVERITY_HIGH,
		.side = SIDE_AD, .kinds = KIND_BIT(KIND_USER),
		.attrs = ATTRS(ATTR_UPN),
		.needs = NEED_FORECAST | NEED_SHARERS | NEED_JOINED,
		.check = check_upn,
		.title = "Several users have the same UPN",
		.why = "A sign-in name belongs to one user in the tenant: the "
		       "second one gets a placeholder with four digits in the "
		       "onmicrosoft.com domain. In one forest AD cannot tell "
		       "whom it means either.",
		.fix = "In AD, decide whose name it is, and give each of the "
		       "others a userPrincipalName of their own; tell them.",
		.source = DOC_RESILIENCY,
	},
	{
		.id = "filtered-holder",
		.severity = SEVERITY_LOW,
		.side = SIDE_AD, .kinds = KINDS_SYNCED,
		.attrs = ATTRS(ATTR_MAIL, ATTR_PROXIES),
		.each_attr = ATTRS(ATTR_PROXIES, ATTR_UPN, ATTR_TARGET,
		                   ATTR_DISPLAY_NAME),
		.needs = NEED_FORECAST | NEED_SHARERS | NEED_SCOPE |
		         NEED_JOINED,
		.check = check_filtered,
		.title = "Address of an object that is not synchronized",
		.why = "The tenant does not see what is not synchronized: the "
		       "other object has the address there. On premises both "
		       "have it: if the other comes into scope, the two "
		       "conflict.",
		.fix = "In AD, remove the address from the object that is not "
		       "synchronized, if it does not need it.",
		.source = DOC_FILTERING,
	},
};

const struct family shared_rules = { rules, sizeof(rules) / sizeof(rules[0]) };
