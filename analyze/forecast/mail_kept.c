/* Attributes that the tenant owns: AD is not asked for them. */
#include "analyze/forecast/mail_kept.h"

#include <string.h>

#include "analyze/forecast/doubt.h"
#include "analyze/forecast/forecast.h"
#include "analyze/object/object.h"
#include "base/mem.h"

/* Doubts about what becomes of AD's mail attributes. */
static const enum doubt of_mail[] = {
	DOUBT_SEVERAL, DOUBT_MASKED, DOUBT_ROUTING, DOUBT_CHARACTERS,
	DOUBT_UNVERIFIED, DOUBT_ALIAS, DOUBT_UNLICENSED, DOUBT_NOT_TAKEN,
	DOUBT_NO_PRIMARY, DOUBT_NAME_HELD,
};

/* No address of AD's is claimed; the sign-in name is. */
static void
drop_claims(struct object *o)
{
	static const enum doubt of_claims[] = {
		DOUBT_QUARANTINE, DOUBT_HANDOVER, DOUBT_REFUSED,
	};
	struct forecast_state *s = &o->forecast;
	size_t kept = 0;

	for (size_t i = 0; i < s->contested_count; i++)
		if (s->contested[i].is_name)
			s->contested[kept++] = s->contested[i];
	s->contested_count = kept;
	if (!kept)
		doubt_drop(o, of_claims,
		           sizeof(of_claims) / sizeof(of_claims[0]));
}

/* Nor does one get lost; a sign-in name may. */
static void
drop_losses(struct object *o, struct arena *a)
{
	struct forecast *f = &o->forecast.line;
	struct dropped *to = arena_alloc(a, sizeof(*to));
	size_t kept = 0;

	for (size_t i = 0; i < f->dropped_count; i++)
		if (o->forecast.upn_held &&
		    f->dropped[i].reason == o->forecast.upn_held)
			to[kept++] = f->dropped[i];
	f->dropped = to;
	f->dropped_count = kept;
}

static struct origin
kept(const char *value)
{
	return (struct origin){
		.value = value, .from = "Exchange Online, which manages it",
		.kind = ORIGIN_OTHER,
	};
}

static struct origin
kept_in_entra(const char *value)
{
	return (struct origin){
		.value = value, .from = "Entra, which manages it",
		.kind = ORIGIN_OTHER,
	};
}

/* Only the sign-in name comes from anywhere else. */
static void
fill_origins(struct forecast *f, struct arena *a)
{
	struct origin *to = arena_alloc(a, (f->proxy_count + 2) * sizeof(*to));
	size_t n = 0;

	for (size_t i = 0; i < f->proxy_count; i++)
		to[n++] = kept(f->proxy_addresses[i]);
	for (size_t i = 0; i < f->origin_count; i++)
		if (strcmp(f->origins[i].value, "upn") == 0) {
			to[n++] = f->origins[i];
			break;
		}
	if (f->mail_nickname)
		to[n++] = kept("mailNickname");
	f->origins = to;
	f->origin_count = n;
}

/* As far as what is kept of the account tells; account_take_kept has all. */
static void
fill_proxies(struct forecast *f, const struct account *h, struct arena *a)
{
	const char **to = arena_alloc(a, (f->proxy_count + 1) * sizeof(*to));
	size_t n = 0;

	if (f->primary_smtp)
		to[n++] = arena_join(a, "SMTP:", 5, f->primary_smtp);
	for (size_t i = 0; i < f->proxy_count; i++)
		if (address_type(f->proxy_addresses[i]) != ADDRESS_PRIMARY &&
		    account_has(h, unique_hash(UNIQUE_PROXY,
		                               f->proxy_addresses[i])))
			to[n++] = f->proxy_addresses[i];
	f->proxy_addresses = to;
	f->proxy_count = n;
}

void
mail_kept_fill(const struct model *m, struct object *o, struct arena *a)
{
	const struct account *h = o->links.account;
	struct forecast *f = &o->forecast.line;

	if (!mail_is_kept(m, o))
		return;
	doubt_drop(o, of_mail, sizeof(of_mail) / sizeof(of_mail[0]));
	drop_claims(o);
	drop_losses(o, a);
	f->mail_nickname = account_text(h, ACCOUNT_NICKNAME);
	f->mail = f->primary_smtp = account_text(h, ACCOUNT_PRIMARY);
	fill_proxies(f, h, a);
	o->forecast.cause = PRIMARY_HELD;
}

bool
mail_is_kept(const struct model *m, const struct object *o)
{
	return o->forecast.line.action == ACTION_UPDATE &&
	       authority_keeps_mail(m, o);
}

bool
account_is_kept(const struct object *o)
{
	return o->forecast.block == BLOCK_CLOUD_MANAGED && o->links.account;
}

/* What AD says is told where it is otherwise. */
static void
take_identity(struct object *o, const struct object *twin, struct arena *a)
{
	struct forecast *f = &o->forecast.line;
	struct origin *to = arena_alloc(a, (f->origin_count + 2) *
	                                sizeof(*to));
	size_t n = 0;

	for (; n < f->origin_count; n++)
		to[n] = f->origins[n];
	f->upn = twin->upn;
	f->account_enabled = twin->enabled == YES ? ENABLED_YES
		: twin->enabled == NO ? ENABLED_NO : ENABLED_UNKNOWN;
	if (f->upn)
		to[n++] = kept_in_entra("upn");
	if (o->enabled != UNKNOWN && twin->enabled != UNKNOWN &&
	    o->enabled != twin->enabled)
		to[n++] = kept_in_entra("accountEnabled");
	f->origins = to;
	f->origin_count = n;
}

/* Mail attributes, and where they come from; the other origins stay. */
static void
take_mail(struct object *o, const struct object *twin, struct arena *a)
{
	struct forecast *f = &o->forecast.line;
	const char *primary = object_primary(twin);

	f->mail = twin->mail;
	f->mail_nickname = twin->mail_nickname;
	f->primary_smtp = primary ? primary : twin->mail;
	f->proxy_addresses = twin->proxies;
	f->proxy_count = twin->proxy_count;
	fill_origins(f, a);
	f->ad_copy = (struct ad_copy){
		true, o->mail, o->mail_nickname, o->proxies, o->proxy_count
	};
}

void
account_take_kept(struct object *o, const struct object *twin, struct arena *a)
{
	take_mail(o, twin, a);
	if (account_is_kept(o) && o->kind == KIND_USER)
		take_identity(o, twin, a);
}

/* Whether any of the listed changes is of a mail attribute. */
static bool
changes_mail(const struct forecast *f)
{
	for (size_t i = 0; i < f->change_count; i++)
		if (attr_is_of_exchange(f->changes[i].attribute))
			return true;
	return false;
}

bool
mail_may_be_kept(const struct model *m, const struct object *o)
{
	return changes_mail(&o->forecast.line) &&
	       authority_of(m, o).exchange == AUTHORITY_NOT_ASSESSED;
}
