/* What of proxyAddresses reaches the tenant, and why the rest does not. */
#include "analyze/forecast/proxycalc.h"

#include <stdio.h>
#include <string.h>
#include <strings.h>

#include "analyze/forecast/doubt.h"
#include "analyze/forecast/quarantine.h"
#include "analyze/model/model.h"
#include "analyze/object/object.h"
#include "analyze/policy/policy.h"
#include "base/utf8.h"

/* Connectors of other mail systems; the document names the first two. */
static const char *const legacy[] = {
	"MSMAIL:", "X400:", "MS:", "CCMAIL:", "GWISE:", "NOTES:",
};

static const char *const reasons[] = {
	[DROP_NO_PREFIX] = "it has no prefix such as smtp:",
	[DROP_LEGACY] = "an address of another mail system",
	[DROP_ONLINE] = "an x500 address of the organization MicrosoftOnline",
	[DROP_MALFORMED] = "it is no valid address",
	[DROP_RESERVED] = "its domain belongs to the service",
	[DROP_UNVERIFIED] = "its domain is not verified in the tenant",
};

static bool
begins(const char *text, const char *prefix)
{
	return strncasecmp(text, prefix, strlen(prefix)) == 0;
}

const char *
proxycalc_trim(struct arena *a, const char *text)
{
	size_t len;

	text += strspn(text, " \t\r\n");
	len = strlen(text);
	if (!len || !strchr(" \t\r\n", text[len - 1]))
		return text;
	while (len && strchr(" \t\r\n", text[len - 1]))
		len--;
	return arena_strndup(a, text, len);
}

/* Its account has it as it stands. */
static bool
is_held(const struct proxycalc_of *with, const char *address)
{
	const struct account *h = with->o->links.account;

	return h && h->synced == YES && strchr(address, '@') &&
	       account_has_address(h, address);
}

/* Characters that become "_" before the @; the other three are no address. */
static const char *
underscored(const struct proxycalc_of *with, const char *address)
{
	bool all = with->m->policy->assume.invalid_underscore;
	const char *odd = all ? "`|=?/% ()" : address_replaced, *at;
	size_t local;
	char *out;

	if (!all && !address_is_replaced(address))
		return address;
	at = strchr(address, '@');
	local = at ? (size_t)(at - address) : 0;
	if (strcspn(address, odd) >= local || is_held(with, address))
		return address;
	doubt_add(with->o, DOUBT_CHARACTERS);
	out = arena_strdup(with->arena, address);
	for (size_t i = 0; i < local; i++)
		if (strchr(odd, out[i]))
			out[i] = '_';
	return out;
}

/* TENANT.mail.onmicrosoft.com, through which hybrid mail is routed. */
static bool
is_routing(const struct model *m, const char *domain)
{
	size_t label = m->initial_domain ? strcspn(m->initial_domain, ".") : 0;

	return label && strncasecmp(domain, m->initial_domain, label) == 0 &&
	       begins(domain + label, ".mail.") &&
	       ascii_casecmp(domain + label + 6,
	                     m->initial_domain + label + 1) == 0;
}

/* The tenant itself shows that it takes such addresses. */
static bool
is_accepted(const struct proxycalc_of *with, const char *address)
{
	return model_is_verified(with->m, address_domain(address)) ||
	       is_held(with, address);
}

static enum drop
address_fate(const struct proxycalc_of *with, const char *address)
{
	const struct model *m = with->m;
	const char *domain = address_domain(address);

	if (is_routing(m, domain) && is_accepted(with, address))
		return DROP_NOT;
	if (is_routing(m, domain)) {
		doubt_add(with->o, DOUBT_ROUTING);
		return m->policy->assume.routing_reserved ? DROP_RESERVED
		                                          : DROP_NOT;
	}
	if (domain_is_reserved(domain))
		return DROP_RESERVED;
	if (!m->domains_known || !recipient_is_strict(with->o) ||
	    model_is_verified(m, domain))
		return DROP_NOT;
	return DROP_UNVERIFIED;
}

/* Room for one more value; there are few. */
static struct contested *
remember(const struct proxycalc_of *with)
{
	struct forecast_state *f = &with->o->forecast;

	if (f->contested_count == f->contested_room) {
		size_t room = f->contested_room ? 2 * f->contested_room : 4;
		struct contested *to = arena_alloc(with->arena,
		                                   room * sizeof(*to));

		if (f->contested_count)
			memcpy(to, f->contested,
			       f->contested_count * sizeof(*to));
		f->contested = to;
		f->contested_room = room;
	}
	return &f->contested[f->contested_count++];
}

static const enum doubt doubts[] = {
	[QUARANTINE_GUEST] = DOUBT_GUEST,
	[QUARANTINE_REFUSED] = DOUBT_REFUSED,
	[QUARANTINE_WON] = DOUBT_QUARANTINE,
	[QUARANTINE_AWAITED] = DOUBT_HANDOVER,
	[QUARANTINE_TAKEN] = DOUBT_NOT,
	[QUARANTINE_HELD] = DOUBT_NOT,
	[QUARANTINE_SECOND] = DOUBT_QUARANTINE,
	[QUARANTINE_UNREAD] = DOUBT_JOIN_UNREAD,
};

/*
 * Its AD object is one that sync does not take, if there is any: the account of
 * one that it takes is nobody else's.
 */
static void
note_former(const struct proxycalc_of *with, const struct quarantine_answer *is)
{
	const struct object *source = quarantine_source(with->quarantine,
	                                                &is->key, with->arena);

	if (source && source->scope.state == SCOPE_IN)
		return;
	with->o->forecast.former = is->other;
	with->o->forecast.former_source = source;
}

/* By the value it would be matched, if it had no source anchor. */
static bool
is_matched_by(const struct object *holder, const char *value)
{
	const char *primary = object_primary(holder)
		? object_primary(holder) : holder->mail;

	return primary && utf8_same_folded(primary, value);
}

static bool
is_primary(const struct object *o, const char *value)
{
	const char *primary = object_primary(o) ? object_primary(o) : o->mail;

	return primary && utf8_same_folded(primary, value);
}

/* An account of the same name that another source anchor keeps apart. */
static void
note_account(const struct proxycalc_of *with,
             const struct quarantine_answer *is, const char *value)
{
	const struct object *holder = is->other;
	bool namesake = object_is_namesake(with->o, holder);

	if (with->o->kind != KIND_USER || holder->kind != KIND_USER ||
	    holder->side != SIDE_TENANT || !holder->tenant.immutable_id)
		return;
	if (holder->tenant.synced == YES && is->end == QUARANTINE_HELD &&
	    !with->o->links.account && is_matched_by(holder, value) &&
	    is_primary(with->o, value))
		doubt_add(with->o, DOUBT_WHOLE);
	if (holder->tenant.synced == YES && namesake)
		note_former(with, is);
	else if (holder->tenant.synced != YES && !object_is_guest(holder) &&
	         model_covers(with->m, TENANT_USERS, ATTR_SYNCED) &&
	         (namesake || is_matched_by(holder, value)))
		with->o->forecast.left_over = holder;
}

const char *
proxycalc_rival(const struct proxycalc_of *with, enum unique kind,
                const char *value, const char *attribute)
{
	struct quarantine_answer is;

	if (!with->quarantine)
		return NULL;
	is = quarantine_ask(with->quarantine, kind, value, with->arena);
	if (is.end == QUARANTINE_FREE)
		return NULL;
	if (doubts[is.end])
		doubt_add(with->o, doubts[is.end]);
	if (is.end == QUARANTINE_GUEST)
		return NULL;
	if (is.how == HAS_AS_NAME)
		doubt_add(with->o, DOUBT_NAME_HELD);
	if (is.end == QUARANTINE_HELD || is.end == QUARANTINE_AWAITED)
		note_account(with, &is, value);
	*remember(with) = (struct contested){
		.end = is.end, .is_name = kind == UNIQUE_UPN,
		.how = is.how, .value = value,
		.attribute = attribute, .who = is.who, .other = is.other,
	};
	return is.end >= QUARANTINE_HELD ? is.who : NULL;
}

static enum drop
contested(const struct proxycalc_of *with, enum unique kind, const char *value,
          const char *attribute, const char **reason)
{
	const char *who = proxycalc_rival(with, kind, value, attribute);

	if (who)
		*reason = arena_join(with->arena, who, strlen(who),
		                     " has it");
	return who ? DROP_CONFLICT : DROP_NOT;
}

enum drop
proxycalc_address(const struct proxycalc_of *with, const char *attribute,
                  const char **address, const char **reason)
{
	const char *fault;
	enum drop fate;

	*address = proxycalc_trim(with->arena, *address);
	*reason = NULL;
	*address = underscored(with, *address);
	fault = address_fault(*address);
	if (fault && !is_held(with, *address)) {
		*reason = fault;
		return DROP_MALFORMED;
	}
	fate = address_fate(with, *address);
	*reason = reasons[fate];
	if (fate != DROP_NOT)
		return fate;
	return contested(with, UNIQUE_ADDRESS, *address, attribute, reason);
}

static enum drop
calc_other(const struct proxycalc_of *with, const char *value,
            const char **reason)
{
	for (size_t i = 0; i < sizeof(legacy) / sizeof(legacy[0]); i++)
		if (begins(value, legacy[i])) {
			*reason = reasons[DROP_LEGACY];
			return DROP_LEGACY;
		}
	if (begins(value, "x500:/o=MicrosoftOnline") &&
	    (value[23] == '/' || !value[23])) {
		*reason = reasons[DROP_ONLINE];
		return DROP_ONLINE;
	}
	*reason = NULL;
	return contested(with, UNIQUE_PROXY, value, "proxyAddresses", reason);
}

static enum drop
calc_one(const struct proxycalc_of *with, const char *value,
          struct proxycalc_value *out, const char **reason)
{
	value = proxycalc_trim(with->arena, value);
	*out = (struct proxycalc_value){ address_type(value), value };
	if (out->type == ADDRESS_MALFORMED) {
		*reason = reasons[DROP_NO_PREFIX];
		return DROP_NO_PREFIX;
	}
	if (out->type == ADDRESS_OTHER)
		return calc_other(with, value, reason);
	out->value = address_body(value);
	return proxycalc_address(with, "proxyAddresses", &out->value, reason);
}

/* An address that comes twice counts once, as primary if it is. */
static void
keep(struct proxycalc *c, struct met_values *met,
     const struct proxycalc_value *one)
{
	long before = met_before(met, one->type == ADDRESS_OTHER
	                         ? UNIQUE_PROXY : UNIQUE_ADDRESS, one->value);

	if (before < 0)
		c->kept[c->count++] = *one;
	else if (one->type == ADDRESS_PRIMARY)
		c->kept[before] = *one;
}

void
proxycalc_drop(const struct proxycalc_of *with, struct proxycalc *out,
               const char *value, const char *reason)
{
	/* Beside proxyAddresses mail may be, and the UPN, also as address. */
	size_t room = with->o->proxy_count + 3;

	if (!out->dropped)
		out->dropped = arena_alloc(with->arena,
		                           room * sizeof(*out->dropped));
	out->dropped[out->dropped_count++] = (struct dropped){
		.value = value, .reason = reason,
	};
}

void
proxycalc_proxies(const struct proxycalc_of *with, struct proxycalc *out)
{
	const struct object *o = with->o;
	struct met_values met;
	bool primary = false;

	*out = (struct proxycalc){ 0 };
	if (!o->proxy_count)
		return;
	out->kept = arena_alloc(with->arena,
	                        o->proxy_count * sizeof(*out->kept));
	met_begin(&met);
	for (size_t i = 0; i < o->proxy_count; i++) {
		struct proxycalc_value one;
		const char *reason;
		enum drop fate = calc_one(with, o->proxies[i], &one, &reason);

		if (one.type == ADDRESS_PRIMARY && fate == DROP_UNVERIFIED &&
		    with->m->policy->assume.unverified_kept)
			fate = DROP_NOT;
		if (one.type == ADDRESS_PRIMARY && fate == DROP_NOT)
			primary = true;
		else if (one.type == ADDRESS_PRIMARY && fate > out->primary)
			out->primary = fate;
		if (fate == DROP_NOT) {
			keep(out, &met, &one);
			continue;
		}
		proxycalc_drop(with, out, o->proxies[i], reason);
	}
	met_end(&met);
	if (primary)
		out->primary = DROP_NOT;
}
