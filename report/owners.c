/* What each side has of an object's attributes, and who owns them. */
#include "report/owners.h"

#include <stdbool.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>

#include "base/mem.h"
#include "report/owners_table.h"

static const char none[] = "none";
static const char not_collected[] = "not collected";
/* The line of the forecast does not have it. */
static const char not_told[] = "not told";

static bool
is_of(const char *value, const char *prefix)
{
	return value && strncmp(value, prefix, strlen(prefix)) == 0;
}

static const char *
or_none(const char *value)
{
	return value && *value ? value : none;
}

static bool
is_among(const char *const *names, size_t n, const char *attribute)
{
	for (size_t i = 0; i < n; i++)
		if (strcmp(names[i], attribute) == 0)
			return true;
	return false;
}

/* The place of VALUE, in any case, but for the role of an address; or N. */
static size_t
place_of(const char *const *list, size_t n, const char *value)
{
	for (size_t i = 0; value && i < n; i++)
		if (strcasecmp(list[i], value) == 0 &&
		    is_of(list[i], "SMTP:") == is_of(value, "SMTP:"))
			return i;
	return n;
}

/* ---- AD ---- */

static bool
is_unread_in_ad(const struct forecast *o, const char *attribute)
{
	return is_among(o->ad_lacks.names, o->ad_lacks.count, attribute);
}

static const char *
in_ad(const struct forecast *o, const char *attribute, const char *value)
{
	return !value && is_unread_in_ad(o, attribute) ? not_collected
		: !o->ad.is ? not_told : or_none(value);
}

/* The first SMTP: value, without its prefix; else mail, if nothing masks it. */
static const char *
ad_primary(const struct forecast *o)
{
	const struct ad_told *ad = &o->ad;

	for (size_t i = 0; i < ad->proxy_count; i++)
		if (is_of(ad->proxy_addresses[i], "SMTP:"))
			return ad->proxy_addresses[i] + 5;
	if (!ad->proxy_count && ad->mail)
		return ad->mail;
	return in_ad(o, is_unread_in_ad(o, "mail") ? "mail"
	             : "proxyAddresses", NULL);
}

/* ---- the tenant ---- */

static bool
is_unread(const struct forecast *o, const char *attribute)
{
	return is_among(o->tenant_lacks.names, o->tenant_lacks.count,
	                attribute);
}

/* What it has, is the tenant's own. */
static bool
is_converted(const struct forecast *o)
{
	return o->authority.identity == AUTHORITY_ENTRA &&
	       o->action == ACTION_BLOCKED && o->match == MATCH_NONE;
}

/* Whether the line says what the account has. */
static bool
has_account(const struct forecast *o)
{
	return o->in_scope && o->matched_id &&
	       (o->action == ACTION_NONE || o->action == ACTION_UPDATE ||
	        o->action == ACTION_MATCH || is_converted(o));
}

/* What stands for all values of the tenant; NULL: each is told. */
static const char *
tenant_as_a_whole(const struct forecast *o)
{
	if (has_account(o))
		return NULL;
	if (o->action == ACTION_CREATE)
		return none;
	return o->match == MATCH_UNKNOWN ? not_collected
		: o->matched_id ? not_told : none;
}

static const struct change *
change_of(const struct forecast *o, const char *attribute)
{
	for (size_t i = 0; i < o->change_count; i++)
		if (strcmp(o->changes[i].attribute, attribute) == 0)
			return &o->changes[i];
	return NULL;
}

/* What the account has: what is forecast, but where that changes it. */
static const char *
now(const struct forecast *o, const char *attribute, const char *soon)
{
	const struct change *c = change_of(o, attribute);

	if (tenant_as_a_whole(o))
		return tenant_as_a_whole(o);
	if (c)
		return or_none(c->from);
	return is_unread(o, attribute) ? not_collected : or_none(soon);
}

static bool
is_to_come(const struct forecast *o, const char *address)
{
	for (size_t i = 0; i < o->change_count; i++)
		if (o->changes[i].to &&
		    strcmp(o->changes[i].attribute, "proxyAddresses") == 0 &&
		    strcmp(o->changes[i].to, address) == 0)
			return true;
	return false;
}

/* Its proxyAddresses, in A: what is forecast, without what changes. */
static size_t
tenant_proxies(const struct forecast *o, const char ***out, struct arena *a)
{
	const char **to = arena_alloc(a, (o->proxy_count + o->change_count) *
	                              sizeof(*to) + 1);
	size_t n = 0;

	*out = to;
	if (tenant_as_a_whole(o) || is_unread(o, "proxyAddresses"))
		return 0;
	for (size_t i = 0; i < o->proxy_count; i++)
		if (!is_to_come(o, o->proxy_addresses[i]))
			to[n++] = o->proxy_addresses[i];
	for (size_t i = 0; i < o->change_count; i++)
		if (o->changes[i].from &&
		    strcmp(o->changes[i].attribute, "proxyAddresses") == 0)
			to[n++] = o->changes[i].from;
	return n;
}

static const char *
no_proxy(const struct forecast *o)
{
	if (tenant_as_a_whole(o))
		return tenant_as_a_whole(o);
	return is_unread(o, "proxyAddresses") ? not_collected : none;
}

static const char *
tenant_primary(const struct forecast *o, const char *const *list, size_t n)
{
	for (size_t i = 0; i < n; i++)
		if (is_of(list[i], "SMTP:"))
			return list[i] + 5;
	return no_proxy(o);
}

/* ---- rows ---- */

/* Whether either side has a value, or may have one that nobody asked for. */
static bool
is_worth_a_row(const char *ad, const char *tenant)
{
	return (ad != none && ad != not_told && ad != not_collected) ||
	       (tenant != none && tenant != not_told &&
	        tenant != not_collected);
}

static void
put(struct owners *t, const char *name, enum owned what, const char *ad,
    const char *tenant)
{
	if (is_worth_a_row(ad, tenant))
		t->rows[t->count++] = (struct owned_row){
			name, what, ad, tenant
		};
}

/* SIP and SPO are services'. */
static bool
is_shown(const char *value)
{
	return value && strncasecmp(value, "sip:", 4) != 0 &&
	       strncasecmp(value, "spo:", 4) != 0;
}

/* The tenant's own domain: its service gives these, nobody changes them. */
static bool
is_services(const char *address)
{
	static const char domain[] = ".onmicrosoft.com";
	size_t len = strlen(address), tail = sizeof(domain) - 1;

	return len > tail && strcasecmp(address + len - tail, domain) == 0;
}

/* One address a row; the primary one has its own. */
static void
put_ad_proxies(struct owners *t, const char *const *tenant, size_t n)
{
	const struct ad_told *ad = &t->of->ad;
	bool is_first = true;

	for (size_t i = 0; i < ad->proxy_count; i++) {
		const char *value = ad->proxy_addresses[i];
		bool is_primary = is_first && is_of(value, "SMTP:");

		is_first &= !is_primary;
		if (is_primary || !is_shown(value))
			continue;
		put(t, "proxyAddresses", OWNED_ADDRESS, value,
		    place_of(tenant, n, value) < n
		    ? tenant[place_of(tenant, n, value)] : no_proxy(t->of));
	}
}

static void
put_tenant_proxies(struct owners *t, const char *const *tenant, size_t n)
{
	const struct ad_told *ad = &t->of->ad;
	const char *lacks = in_ad(t->of, "proxyAddresses", NULL);

	for (size_t i = 0; i < n; i++) {
		const char *value = tenant[i];

		if (is_of(value, "SMTP:") || !is_shown(value) ||
		    (lacks == none && is_services(value)) ||
		    place_of(ad->proxy_addresses, ad->proxy_count, value) <
		    ad->proxy_count)
			continue;
		put(t, "proxyAddresses", OWNED_ADDRESS, lacks, value);
	}
}

static void
put_addresses(struct owners *t, struct arena *a)
{
	const struct forecast *o = t->of;
	const char **tenant;
	size_t n = tenant_proxies(o, &tenant, a);

	put(t, "mail", OWNED_ADDRESS, in_ad(o, "mail", o->ad.mail),
	    now(o, "mail", o->mail));
	put(t, "mailNickname", OWNED_EXCHANGE,
	    in_ad(o, "mailNickname", o->ad.mail_nickname),
	    now(o, "mailNickname", o->mail_nickname));
	put(t, "primary SMTP", OWNED_ADDRESS, ad_primary(o),
	    tenant_primary(o, tenant, n));
	put_ad_proxies(t, tenant, n);
	put_tenant_proxies(t, tenant, n);
	/* Nobody reads them of the tenant. */
	for (size_t i = 0; i < o->ad.other_count; i++)
		put(t, o->ad.others[i].name, OWNED_EXCHANGE,
		    o->ad.others[i].text, not_collected);
}

static const char *
enabled_word(enum enabled e)
{
	return e == ENABLED_YES ? "true" : e == ENABLED_NO ? "false"
	                                                   : not_collected;
}

static bool
has_origin(const struct forecast *o, const char *value)
{
	for (size_t i = 0; i < o->origin_count; i++)
		if (strcmp(o->origins[i].value, value) == 0)
			return true;
	return false;
}

/* AD's is what is forecast, but where the account is held against it. */
static void
put_enabled(struct owners *t)
{
	const struct forecast *o = t->of;
	enum enabled soon = o->account_enabled, ad = soon;

	if (has_origin(o, "accountEnabled") && soon != ENABLED_UNKNOWN)
		ad = soon == ENABLED_YES ? ENABLED_NO : ENABLED_YES;
	put(t, "accountEnabled", OWNED_IDENTITY, enabled_word(ad),
	    now(o, "accountEnabled", enabled_word(soon)));
}

/* Where AD and the tenant agree, the line does not have it. */
static void
put_display_name(struct owners *t)
{
	const struct change *c = change_of(t->of, "displayName");

	if (c && !tenant_as_a_whole(t->of))
		put(t, c->attribute, OWNED_IDENTITY, or_none(c->to),
		    or_none(c->from));
}

static const char *
ad_upn(const struct forecast *o)
{
	return !o->ad_upn && is_unread_in_ad(o, "userPrincipalName")
		? not_collected : or_none(o->ad_upn);
}

static int64_t
recipient_type(const struct forecast *o)
{
	for (size_t i = 0; i < o->ad.other_count; i++)
		if (strcmp(o->ad.others[i].name,
		           "msExchRecipientTypeDetails") == 0)
			return strtoll(o->ad.others[i].text, NULL, 10);
	return 0;
}

/* As far as AD's values tell, which were read. */
static bool
is_no_recipient(const struct forecast *o)
{
	return o->ad.is && !o->ad.mail_nickname && !recipient_type(o) &&
	       !is_unread_in_ad(o, "mailNickname") &&
	       !is_unread_in_ad(o, "msExchRecipientTypeDetails");
}

void
owners_print(const struct findings *f, const struct forecast *o)
{
	bool is_user = o->class && strcmp(o->class, "user") == 0;
	size_t room = 6 + o->proxy_count + o->change_count +
		o->ad.proxy_count + o->ad.other_count, mail;
	struct arena arena = { 0 };
	struct owners t = {
		.of = o, .rows = arena_alloc(&arena, room * sizeof(*t.rows)),
		.as = managed_as(o->class, recipient_type(o)),
		.state = f->exchange.state,
		.is_no_recipient = is_no_recipient(o),
	};

	if (is_user)
		put(&t, "userPrincipalName", OWNED_IDENTITY,
		    ad_upn(o), now(o, "userPrincipalName", o->upn));
	mail = t.count;
	put_addresses(&t, &arena);
	mail = t.count - mail;
	if (is_user)
		put_enabled(&t);
	put_display_name(&t);
	/* Of whom nothing is written, nobody knows what he will be. */
	if (has_account(o) || (mail && o->action != ACTION_BLOCKED))
		owners_put(&t);
	arena_release(&arena);
}
