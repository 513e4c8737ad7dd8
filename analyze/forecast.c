/* The forecast. */
#include "analyze/forecast.h"

#include <ctype.h>
#include <string.h>

#include "analyze/address.h"
#include "analyze/model.h"
#include "analyze/policy.h"
#include "base/buf.h"
#include "base/dn.h"
#include "base/utf8.h"

/* The forecast of one object while it is computed. */
struct work {
	const struct model *m;
	struct object *o;
	struct arena *arena;
	const char *sign_in;     /* the AD UPN or what stands for it */
	const char *nickname;
	const char *moera;       /* NULL: no initial domain known */
	const char *upn;
	const char *primary;
	const char **proxies;
	size_t count;
};

static const char *
keep(struct work *w, const char *head, size_t head_len, const char *tail)
{
	struct buf out = { 0 };
	const char *kept;

	buf_add(&out, head, head_len);
	buf_adds(&out, tail);
	kept = arena_strndup(w->arena, buf_text(&out), out.len);
	buf_release(&out);
	return kept;
}

static const char *
prefix_of(struct work *w, const char *address)
{
	return keep(w, address, strcspn(address, "@"), "");
}

/*
 * Non-verified domains are dropped for users with an Exchange licence or with
 * msExchRemoteRecipientType ("shadow attributes", section ProxyCalc).
 */
static bool
is_strict(const struct object *o)
{
	return o->will_have_mailbox || o->remote_type == YES;
}

static bool
survives(const struct work *w, const char *address)
{
	const char *domain = address_domain(address);

	if (!domain || address_fault(address) || domain_is_reserved(domain))
		return false;
	return !is_strict(w->o) || !w->m->domains_known ||
	       model_is_verified(w->m, domain);
}

/* Without a UPN the client sends sAMAccountName@domain. */
static const char *
sign_in_name(struct work *w)
{
	struct buf domain = { 0 };
	const char *out = w->o->upn;

	if (w->m->policy->sign_in_is_mail && w->o->mail)
		return w->o->mail;
	if (out || !w->o->sam)
		return out;
	buf_addc(&domain, '@');
	dn_domain(&domain, w->o->dn);
	out = keep(w, w->o->sam, strlen(w->o->sam), domain.data);
	buf_release(&domain);
	return out;
}

/* The first that exists; of a twin, what it has already. */
static const char *
nickname(struct work *w)
{
	const struct object *o = w->o;
	const char *primary = object_primary(o);

	if (o->mail_nickname)
		return o->mail_nickname;
	if (o->account && account_text(o->account, ACCOUNT_NICKNAME))
		return account_text(o->account, ACCOUNT_NICKNAME);
	if (primary && *primary)
		return prefix_of(w, primary);
	if (o->mail)
		return prefix_of(w, o->mail);
	if (o->kind == KIND_USER)
		return w->sign_in ? prefix_of(w, w->sign_in) : NULL;
	return o->sam ? o->sam : o->cn;
}

/* A MOERA is kept once it is assigned. */
static const char *
moera(struct work *w)
{
	const struct account *account = w->o->account;
	const char *initial = w->m->initial_domain;

	if (account && initial && account_text(account, ACCOUNT_MOERA))
		return account_text(account, ACCOUNT_MOERA);
	if (!initial || !w->nickname)
		return NULL;
	return keep(w, keep(w, w->nickname, strlen(w->nickname), "@"),
	            strlen(w->nickname) + 1, initial);
}

static bool
has_invalid_character(const char *upn)
{
	for (; *upn; upn++)
		if (isspace((unsigned char)*upn) ||
		    strchr("\\%&*+/=?{}<>();:,[]\"|", *upn))
			return true;
	return false;
}

static const char *
upn(struct work *w)
{
	const char *domain = w->sign_in ? address_domain(w->sign_in) : NULL;

	if (w->o->kind != KIND_USER)
		return NULL;
	if (domain && !has_invalid_character(w->sign_in) &&
	    model_is_verified(w->m, domain))
		return w->sign_in;
	if (domain && !w->m->domains_known)
		return w->sign_in;
	/* Recomputed only when the UPN changes: a twin keeps its name. */
	if (w->o->account && account_text(w->o->account, ACCOUNT_UPN))
		return account_text(w->o->account, ACCOUNT_UPN);
	if (!w->m->initial_domain || !w->nickname)
		return NULL;
	return keep(w, keep(w, w->nickname, strlen(w->nickname), "@"),
	            strlen(w->nickname) + 1, w->m->initial_domain);
}

/* What decides the primary, by the order of KB3190357 and KB2643629. */
static enum primary_cause
cause_of(const struct work *w)
{
	const struct object *o = w->o;
	const char *primary = object_primary(o);

	if (primary && survives(w, primary))
		return PRIMARY_FROM_PROXIES;
	if (o->proxy_count)
		return !is_strict(o) ? PRIMARY_NONE :
			primary ? PRIMARY_UNVERIFIED : PRIMARY_ONLY_SECONDARY;
	if (o->mail)
		return survives(w, o->mail) ? PRIMARY_FROM_MAIL :
			is_strict(o) ? PRIMARY_UNVERIFIED : PRIMARY_NONE;
	if (!is_strict(o) || o->kind != KIND_USER)
		return PRIMARY_NONE;
	if (w->upn && w->sign_in && strcmp(w->upn, w->sign_in) == 0)
		return PRIMARY_FROM_UPN;
	return PRIMARY_UPN_UNVERIFIED;
}

static const char *
primary_of(struct work *w)
{
	switch (w->o->cause) {
	case PRIMARY_FROM_PROXIES:
		return object_primary(w->o);
	case PRIMARY_FROM_MAIL:
		return w->o->mail;
	case PRIMARY_FROM_UPN:
	case PRIMARY_UPN_UNVERIFIED:
		return w->upn;
	case PRIMARY_ONLY_SECONDARY:
	case PRIMARY_UNVERIFIED:
		return w->moera;
	case PRIMARY_NONE:
		break;
	}
	return NULL;
}

static void
add_proxy(struct work *w, const char *prefix, const char *address)
{
	if (!address)
		return;
	for (size_t i = 0; i < w->count; i++)
		if (ascii_casecmp(address_body(w->proxies[i]), address) == 0)
			return;
	w->proxies[w->count++] = keep(w, prefix, strlen(prefix), address);
}

static void
fill_proxies(struct work *w)
{
	const struct object *o = w->o;

	w->proxies = arena_alloc(w->arena,
	                         (o->proxy_count + 3) * sizeof(*w->proxies));
	add_proxy(w, "SMTP:", w->primary);
	for (size_t i = 0; i < o->proxy_count; i++) {
		const char *body = address_body(o->proxies[i]);
		enum address_type type = address_type(o->proxies[i]);

		if (type == ADDRESS_OTHER)
			w->proxies[w->count++] = o->proxies[i];
		else if (type != ADDRESS_MALFORMED && survives(w, body))
			add_proxy(w, "smtp:", body);
	}
	if (!is_strict(o))
		return;
	add_proxy(w, "smtp:", w->moera);
	if (o->kind == KIND_USER)
		add_proxy(w, "smtp:", w->upn);
}

/* Whether the account has, or will have, an Exchange Online licence. */
static bool
is_licensed(const struct model *m, const struct object *o)
{
	enum licensing how = m->policy->licensing;

	if (o->kind != KIND_USER)
		return false;
	if (o->licence_edit != UNKNOWN)
		return o->licence_edit == YES;
	if (how == LICENSING_UNSAID)
		how = m->present[SIDE_TENANT] ? LICENSING_TENANT
		                              : LICENSING_ALL;
	if (how != LICENSING_TENANT)
		return how == LICENSING_ALL;
	if (!o->account)
		return true;
	/* Plans that were not collected: whoever has an address has mail. */
	if (o->account->exchange_plan == UNKNOWN)
		return o->account->has_mail || o->account->has_proxies;
	return o->account->exchange_plan == YES;
}

static enum match
match_of(const struct model *m, const struct object *o)
{
	if (o->scope.state != SCOPE_IN)
		return MATCH_NONE;
	if (o->account)
		return o->account->synced == YES ? MATCH_SYNCED : MATCH_HARD;
	return model_complete(m, TENANT_USERS) ? MATCH_CREATE : MATCH_UNKNOWN;
}

static enum confidence
confidence_of(const struct work *w)
{
	const struct object *o = w->o;

	if (!w->m->domains_known || !w->m->initial_domain)
		return CONFIDENCE_UNCERTAIN;
	switch (w->o->cause) {
	case PRIMARY_UNVERIFIED:
		return CONFIDENCE_UNCERTAIN;
	case PRIMARY_NONE:
		return o->proxy_count ? CONFIDENCE_DERIVED
		                      : CONFIDENCE_DOCUMENTED;
	default:
		return CONFIDENCE_DOCUMENTED;
	}
}

static void
fill_forecast(struct work *w)
{
	struct object *o = w->o;

	o->forecast = (struct forecast){
		.dn = o->dn, .class = kind_name(o->kind),
		.in_scope = o->scope.state == SCOPE_IN,
		.scope_reason = o->scope.reason,
		.match = match_of(w->m, o),
		.account_enabled = o->enabled == YES ? ENABLED_YES :
			o->enabled == NO ? ENABLED_NO : ENABLED_UNKNOWN,
		.confidence = confidence_of(w),
	};
	if (!o->forecast.in_scope)
		return;
	o->forecast.upn = w->upn;
	o->forecast.mail = w->primary;
	o->forecast.mail_nickname = w->nickname;
	o->forecast.primary_smtp = w->primary;
	o->forecast.proxy_addresses = w->proxies;
	o->forecast.proxy_count = w->count;
}

void
forecast_licence(const struct model *m, struct object *o)
{
	o->will_have_mailbox = is_licensed(m, o);
}

void
forecast_object(const struct model *m, struct object *o, struct arena *a)
{
	struct work w = { .m = m, .o = o, .arena = a };

	forecast_licence(m, o);
	o->cause = PRIMARY_NONE;
	if (o->scope.state == SCOPE_IN) {
		w.sign_in = sign_in_name(&w);
		w.nickname = nickname(&w);
		w.moera = moera(&w);
		w.upn = upn(&w);
		o->cause = cause_of(&w);
		w.primary = primary_of(&w);
		fill_proxies(&w);
	}
	fill_forecast(&w);
}
