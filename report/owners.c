/* A table of attributes: what each side has, and who owns it. */
#include "report/owners.h"

#include <stdbool.h>
#include <stdio.h>
#include <string.h>
#include <strings.h>

#include "base/mem.h"
#include "base/term.h"

static const char none[] = "none";
static const char not_collected[] = "not collected";
/* Where Exchange Online owns them, but the account may get AD's still. */
static const char not_asked[] = "not asked";

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

/* Whether nobody asked the tenant for it; and AD. */
static bool
is_unread(const struct forecast *o, const char *attribute)
{
	return is_among(o->tenant_lacks.names, o->tenant_lacks.count,
	                attribute);
}

static bool
is_unread_in_ad(const struct forecast *o, const char *attribute)
{
	return is_among(o->ad_lacks.names, o->ad_lacks.count, attribute);
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

	if (c)
		return or_none(c->from);
	return is_unread(o, attribute) ? not_collected : or_none(soon);
}

static bool
is_kept_online(const struct forecast *o)
{
	return o->authority.exchange == AUTHORITY_EXCHANGE_ONLINE;
}

/* What it has, is the tenant's own. */
static bool
is_converted(const struct forecast *o)
{
	return o->authority.identity == AUTHORITY_ENTRA &&
	       o->action == ACTION_BLOCKED && o->match == MATCH_NONE;
}

struct owned_row {
	const char *name;
	enum owned what;
	const char *ad, *tenant;
};

struct owners {
	const struct forecast *of;
	struct owned_row *rows;
	size_t count;
};

static void
put(struct owners *t, const char *name, enum owned what, const char *ad,
    const char *tenant)
{
	t->rows[t->count++] = (struct owned_row){ name, what, ad, tenant };
}

/* A column is as wide as what it holds; longer values push the others. */
enum { WIDTH_MAX = 48 };

static int
widen(int width, const char *value)
{
	size_t len = strlen(term_text(value));

	return len > (size_t)width && len <= WIDTH_MAX ? (int)len : width;
}

static void
print(const struct owners *t)
{
	int ad = (int)strlen(not_collected), tenant = ad;

	for (size_t i = 0; i < t->count; i++) {
		ad = widen(ad, t->rows[i].ad);
		tenant = widen(tenant, t->rows[i].tenant);
	}
	printf("\nWho owns what\n  %-17s  %-*s  %-*s  %-15s  %s\n",
	       "attribute", ad, "AD", tenant, "tenant", "authority",
	       "change it with");
	for (size_t i = 0; i < t->count; i++) {
		const struct owned_row *r = &t->rows[i];
		enum authority who = r->what == OWNED_EXCHANGE
			? t->of->authority.exchange : t->of->authority.identity;

		printf("  %-17s  %-*s  %-*s  %-15s  %s\n", r->name, ad,
		       term_text(r->ad), tenant, term_text(r->tenant),
		       authority_name(who),
		       tool_name(who, r->what, t->of->class));
	}
}

/* ---- addresses ---- */

static const struct origin *
origin_of(const struct forecast *o, const char *value)
{
	for (size_t i = 0; i < o->origin_count; i++)
		if (strcmp(o->origins[i].value, value) == 0)
			return &o->origins[i];
	return NULL;
}

/* Whether AD gives the address: what comes from elsewhere names that. */
static bool
is_in_ad(const struct forecast *o, const char *address)
{
	const struct origin *from = origin_of(o, address);

	return !from || from->kind == ORIGIN_MAIL;
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

static const char *
read_in_ad(const struct forecast *o, const char *attribute, const char *value)
{
	return !value && is_unread_in_ad(o, attribute) ? not_collected
	                                               : or_none(value);
}

/* The SMTP: value of AD's copy, or NULL. */
static const char *
copied_primary(const struct ad_copy *c)
{
	for (size_t i = 0; i < c->proxy_count; i++)
		if (is_of(c->proxy_addresses[i], "SMTP:"))
			return c->proxy_addresses[i] + 5;
	return NULL;
}

static bool
is_listed(const char *const *list, size_t n, const char *value)
{
	for (size_t i = 0; value && i < n; i++)
		if (strcasecmp(list[i], value) == 0)
			return true;
	return false;
}

/* The SMTP: value, without its prefix, of those that a side has. */
static const char *
ad_primary(const struct forecast *o)
{
	if (o->ad_copy.is)
		return read_in_ad(o, "proxyAddresses",
		                  copied_primary(&o->ad_copy));
	if (is_kept_online(o))
		return not_asked;
	for (size_t i = 0; i < o->dropped_count; i++)
		if (is_of(o->dropped[i].value, "SMTP:"))
			return o->dropped[i].value + 5;
	for (size_t i = 0; i < o->proxy_count; i++)
		if (is_of(o->proxy_addresses[i], "SMTP:") &&
		    is_in_ad(o, o->proxy_addresses[i]))
			return o->proxy_addresses[i] + 5;
	return is_unread_in_ad(o, "proxyAddresses") ||
	       is_unread_in_ad(o, "mail") ? not_collected : none;
}

/* One that AD does not give, as far as it was asked. */
static const char *
ad_value(const struct forecast *o, const char *address)
{
	if (o->ad_copy.is)
		return read_in_ad(o, "proxyAddresses", is_listed(
			o->ad_copy.proxy_addresses, o->ad_copy.proxy_count,
			address) ? address : NULL);
	return is_kept_online(o) ? not_asked
		: address && is_in_ad(o, address) ? address
		: is_unread_in_ad(o, "proxyAddresses") ? not_collected : none;
}

static const char *
tenant_primary(const struct forecast *o)
{
	if (is_unread(o, "proxyAddresses"))
		return not_collected;
	for (size_t i = 0; i < o->change_count; i++)
		if (is_of(o->changes[i].from, "SMTP:"))
			return o->changes[i].from + 5;
	for (size_t i = 0; i < o->proxy_count; i++)
		if (is_of(o->proxy_addresses[i], "SMTP:") &&
		    !is_to_come(o, o->proxy_addresses[i]))
			return o->proxy_addresses[i] + 5;
	return none;
}

/* The primary address has a row of its own; SIP and SPO are services'. */
static bool
is_shown(const char *value)
{
	return value && strchr(value, ':') && !is_of(value, "SMTP:") &&
	       strncasecmp(value, "sip:", 4) != 0 &&
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

/* What neither side has is still to come, from another attribute. */
static void
put_proxy(struct owners *t, const char *ad, const char *tenant)
{
	if (ad == none && (tenant == none || is_services(tenant)))
		return;
	put(t, "proxyAddresses", OWNED_EXCHANGE, ad,
	    is_unread(t->of, "proxyAddresses") ? not_collected : tenant);
}

static void
put_proxies(struct owners *t)
{
	const struct forecast *o = t->of;

	for (size_t i = 0; i < o->proxy_count; i++) {
		const char *value = o->proxy_addresses[i];

		if (is_shown(value))
			put_proxy(t, ad_value(o, value),
			          is_to_come(o, value) ? none : value);
	}
	for (size_t i = 0; i < o->dropped_count; i++)
		if (is_shown(o->dropped[i].value))
			put_proxy(t, o->dropped[i].value, none);
	for (size_t i = 0; i < o->change_count; i++)
		if (is_shown(o->changes[i].from) &&
		    strcmp(o->changes[i].attribute, "proxyAddresses") == 0)
			put_proxy(t, ad_value(o, NULL), o->changes[i].from);
}

/* What AD's copy alone has; the primary address has its row. */
static void
put_copied_proxies(struct owners *t)
{
	const struct forecast *o = t->of;
	const struct ad_copy *c = &o->ad_copy;

	for (size_t i = 0; i < c->proxy_count; i++)
		if (is_shown(c->proxy_addresses[i]) &&
		    !is_listed(o->proxy_addresses, o->proxy_count,
		               c->proxy_addresses[i]))
			put_proxy(t, c->proxy_addresses[i], none);
}

/* ---- the others ---- */

static void
put_copied_names(struct owners *t)
{
	const struct forecast *o = t->of;

	if (!o->ad_copy.is)
		return;
	put(t, "mailNickname", OWNED_EXCHANGE,
	    read_in_ad(o, "mailNickname", o->ad_copy.mail_nickname),
	    now(o, "mailNickname", o->mail_nickname));
	put(t, "mail", OWNED_EXCHANGE, read_in_ad(o, "mail", o->ad_copy.mail),
	    now(o, "mail", o->mail));
}

static const char *
enabled_word(enum enabled e)
{
	return e == ENABLED_YES ? "true" : e == ENABLED_NO ? "false"
	                                                   : not_collected;
}

/* AD's is what is forecast, but where the account is held against it. */
static void
put_enabled(struct owners *t)
{
	const struct forecast *o = t->of;
	enum enabled soon = o->account_enabled, ad = soon;

	if (origin_of(o, "accountEnabled") && soon != ENABLED_UNKNOWN)
		ad = soon == ENABLED_YES ? ENABLED_NO : ENABLED_YES;
	put(t, "accountEnabled", OWNED_IDENTITY, enabled_word(ad),
	    now(o, "accountEnabled", enabled_word(soon)));
}

/* Where AD and the tenant agree, the line does not have it. */
static void
put_display_name(struct owners *t)
{
	const struct forecast *o = t->of;
	const struct change *c = change_of(o, "displayName");

	if (c)
		put(t, c->attribute, OWNED_IDENTITY, or_none(c->to),
		    or_none(c->from));
}

/* AD's mail is in the line only where the primary address comes from it. */
static void
put_mail(struct owners *t)
{
	const struct forecast *o = t->of;
	const struct origin *from = NULL;

	for (size_t i = 0; i < o->proxy_count && !from; i++)
		if (is_of(o->proxy_addresses[i], "SMTP:"))
			from = origin_of(o, o->proxy_addresses[i]);
	if (from && from->kind == ORIGIN_MAIL && !is_kept_online(o))
		put(t, "mail", OWNED_EXCHANGE, from->value + 5,
		    now(o, "mail", o->mail));
}

static const char *
ad_upn(const struct forecast *o)
{
	return !o->ad_upn && is_unread_in_ad(o, "userPrincipalName")
		? not_collected : or_none(o->ad_upn);
}

static bool
has_account(const struct forecast *o)
{
	return o->in_scope && o->matched_id &&
	       (o->action == ACTION_NONE || o->action == ACTION_UPDATE ||
	        o->action == ACTION_MATCH || is_converted(o));
}

void
owners_print(const struct forecast *o)
{
	bool is_user = o->class && strcmp(o->class, "user") == 0;
	size_t room = 7 + o->proxy_count + o->dropped_count +
		o->change_count + o->ad_copy.proxy_count;
	struct arena arena = { 0 };
	struct owners t = {
		.of = o, .rows = arena_alloc(&arena, room * sizeof(*t.rows)),
	};

	if (is_user)
		put(&t, "userPrincipalName", OWNED_IDENTITY,
		    ad_upn(o), now(o, "userPrincipalName", o->upn));
	put_copied_names(&t);
	put_mail(&t);
	put(&t, "primary SMTP", OWNED_EXCHANGE, ad_primary(o),
	    tenant_primary(o));
	put_proxies(&t);
	put_copied_proxies(&t);
	if (is_user)
		put_enabled(&t);
	put_display_name(&t);
	if (has_account(o))
		print(&t);
	arena_release(&arena);
}
