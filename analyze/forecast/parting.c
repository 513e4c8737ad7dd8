/*
 * What edits change of an account that does not hold what the model says: the
 * difference of the forecasts with and without them, added to what it holds.
 */
#include "analyze/forecast/parting.h"

#include <string.h>

#include "analyze/findings/findings.h"
#include "analyze/object/object.h"
#include "base/utf8.h"

static const char proxies[] = "proxyAddresses";

static bool
same_text(const char *a, const char *b)
{
	return a == b || (a && b && strcmp(a, b) == 0);
}

static bool
is_listed(const struct forecast *f, const struct change *c)
{
	for (size_t i = 0; i < f->change_count; i++)
		if (strcmp(f->changes[i].attribute, c->attribute) == 0 &&
		    same_text(f->changes[i].from, c->from) &&
		    same_text(f->changes[i].to, c->to))
			return true;
	return false;
}

/* Whether edits give the account another primary address. */
static bool
gets_primary(const struct forecast *f, const struct object *before)
{
	for (size_t i = 0; before && i < f->change_count; i++) {
		const struct change *c = &f->changes[i];

		if (strcmp(c->attribute, proxies) == 0 && c->to &&
		    address_type(c->to) == ADDRESS_PRIMARY &&
		    !is_listed(&before->forecast.line, c))
			return true;
	}
	return false;
}

/* Whether it is what becomes of the primary address that TWIN has. */
static bool
is_of_primary(const struct change *c, const struct object *twin)
{
	const char *value = c->from ? c->from : c->to;
	const char *primary = object_primary(twin);

	return primary && value && strcmp(c->attribute, proxies) == 0 &&
	       address_type(value) <= ADDRESS_SECONDARY &&
	       utf8_same_folded(address_body(value), primary);
}

struct parting
parting_of(const struct forecast *f, const struct object *twin,
           const struct object *before, struct arena *a)
{
	size_t room = f->change_count * sizeof(*f->changes) + 1;
	bool replaced = gets_primary(f, before);
	struct parting out = {
		{ .items = arena_alloc(a, room) },
		{ .items = arena_alloc(a, room) },
	};

	for (size_t i = 0; i < f->change_count; i++) {
		const struct change *c = &f->changes[i];
		bool caused = before &&
			(!is_listed(&before->forecast.line, c) ||
			 (replaced && is_of_primary(c, twin)));
		struct change_list *to = caused ? &out.caused
		                                : &out.overruled;

		to->items[to->count++] = *c;
	}
	return out;
}

bool
change_list_names(const struct change_list *l, const char *attribute)
{
	for (size_t i = 0; i < l->count; i++)
		if (strcmp(l->items[i].attribute, attribute) == 0)
			return true;
	return false;
}

/* Whether the edits take the value, of proxyAddresses, or give it. */
static bool
takes(const struct change_list *l, const char *value)
{
	for (size_t i = 0; i < l->count; i++)
		if (strcmp(l->items[i].attribute, proxies) == 0 &&
		    same_text(l->items[i].from, value))
			return true;
	return false;
}

/* Appends what edits give: the primary address, or all others. */
static void
add_given(const struct change_list *l, const char **to, size_t *n,
          bool primary)
{
	for (size_t i = 0; i < l->count; i++) {
		const struct change *c = &l->items[i];

		if (strcmp(c->attribute, proxies) == 0 && c->to &&
		    (address_type(c->to) == ADDRESS_PRIMARY) == primary)
			to[(*n)++] = c->to;
	}
}

static void
take_proxies(const struct change_list *l, struct forecast *f,
             const struct object *twin, struct arena *a)
{
	const char **to = arena_alloc(a, (twin->proxy_count + l->count + 1) *
	                              sizeof(*to));
	size_t n = 0;

	add_given(l, to, &n, true);
	for (size_t i = 0; i < twin->proxy_count; i++)
		if (!takes(l, twin->proxies[i]))
			to[n++] = twin->proxies[i];
	add_given(l, to, &n, false);
	f->proxy_addresses = to;
	f->proxy_count = n;
}

/* Where the forecast had the value from; NULL: from AD's attribute. */
static const char *
origin_of(const struct forecast *f, const char *value)
{
	for (size_t i = 0; i < f->origin_count; i++)
		if (strcmp(f->origins[i].value, value) == 0)
			return f->origins[i].from;
	return NULL;
}

static void
add_origin(struct origin *to, size_t *n, const char *value, const char *from)
{
	if (from)
		to[(*n)++] = (struct origin){ .value = value, .from = from };
}

/* The same address in the same role, as the forecast spells it; or NULL. */
static const char *
proxy_of(const struct forecast *f, const char *value)
{
	for (size_t i = 0; i < f->proxy_count; i++) {
		const char *own = f->proxy_addresses[i];

		if (utf8_same_folded(own, value) &&
		    (address_type(own) == ADDRESS_PRIMARY) ==
		    (address_type(value) == ADDRESS_PRIMARY))
			return own;
	}
	return NULL;
}

static bool
same_name(const char *a, const char *b)
{
	return a && b && utf8_same_folded(a, b);
}

/* What the model MADE does not lead to is what the tenant has. */
static void
tell_origins(const struct forecast *made, struct forecast *f, struct arena *a)
{
	const char *tenant = origin_name(ORIGIN_TENANT);
	struct origin *to = arena_alloc(a, (f->proxy_count + 3) * sizeof(*to));
	size_t n = 0;

	if (f->upn)
		add_origin(to, &n, "upn", same_name(f->upn, made->upn)
		           ? origin_of(made, "upn") : tenant);
	if (f->mail_nickname)
		add_origin(to, &n, "mailNickname",
		           same_name(f->mail_nickname, made->mail_nickname)
		           ? origin_of(made, "mailNickname") : tenant);
	if (f->account_enabled != made->account_enabled)
		add_origin(to, &n, "accountEnabled", tenant);
	for (size_t i = 0; i < f->proxy_count; i++) {
		const char *value = f->proxy_addresses[i];
		const char *own = proxy_of(made, value);

		add_origin(to, &n, value, own ? origin_of(made, own) : tenant);
	}
	f->origins = to;
	f->origin_count = n;
}

/* The SMTP: value, or what stands for it. */
static const char *
primary_of(const struct forecast *f)
{
	for (size_t i = 0; i < f->proxy_count; i++)
		if (address_type(f->proxy_addresses[i]) == ADDRESS_PRIMARY)
			return address_body(f->proxy_addresses[i]);
	return f->mail;
}

void
parting_take(const struct parting *p, struct forecast *f,
             const struct object *twin, struct arena *a)
{
	const struct change_list *l = &p->caused;
	const struct forecast made = *f;

	if (!change_list_names(l, "userPrincipalName"))
		f->upn = twin->upn;
	if (!change_list_names(l, "mail"))
		f->mail = twin->mail;
	if (!change_list_names(l, "mailNickname"))
		f->mail_nickname = twin->mail_nickname;
	if (!change_list_names(l, "accountEnabled"))
		f->account_enabled = twin->enabled == YES ? ENABLED_YES
			: twin->enabled == NO ? ENABLED_NO : ENABLED_UNKNOWN;
	take_proxies(l, f, twin, a);
	f->primary_smtp = primary_of(f);
	tell_origins(&made, f, a);
	f->changes = l->items;
	f->change_count = l->count;
}
