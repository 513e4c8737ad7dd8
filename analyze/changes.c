/* Changes. */
#include "analyze/changes.h"

#include <string.h>
#include <strings.h>

#include "analyze/address.h"
#include "analyze/assess.h"
#include "analyze/claim.h"
#include "analyze/findings.h"
#include "analyze/holding.h"
#include "analyze/model.h"
#include "base/utf8.h"

static bool
is_told(const struct model *m, const struct object *o, enum attr attr)
{
	return model_covers(m, section_twin(section_of(SIDE_AD, o->kind)),
	                    ATTR_BIT(attr));
}

static bool
same(const char *a, const char *b)
{
	return a == b || (a && b && utf8_same_folded(a, b));
}

/* Exchange adds those by itself, some time later. */
static bool
is_sip(const char *proxy)
{
	return strncasecmp(proxy, "sip:", 4) == 0;
}

/* The account holds exactly these values of proxyAddresses. */
static bool
same_proxies(const struct forecast *f, const struct holding *h)
{
	size_t held = h->has_proxies ? h->print_count - h->sip_count : 0;

	if (held && holding_text(h, HELD_UPN))
		held--;
	for (size_t i = 0; i < f->proxy_count; i++) {
		if (is_sip(f->proxy_addresses[i]))
			continue;
		if (!held-- ||
		    !holding_has(h, claim_hash(CLAIM_PROXY,
		                               f->proxy_addresses[i])))
			return false;
	}
	return held == 0;
}

static bool
switches(const struct object *o, enum tristate now)
{
	enum enabled next = o->forecast.account_enabled;

	return next != ENABLED_UNKNOWN && now != UNKNOWN &&
	       (next == ENABLED_YES) != (now == YES);
}

bool
changes_any(const struct model *m, const struct object *o)
{
	const struct forecast *f = &o->forecast;
	const struct holding *h = o->account;

	if (o->kind == KIND_USER &&
	    ((f->upn && !same(f->upn, holding_text(h, HELD_UPN))) ||
	     switches(o, h->enabled)))
		return true;
	if (is_told(m, o, ATTR_MAIL_NICKNAME) && f->mail_nickname &&
	    !same(f->mail_nickname, holding_text(h, HELD_NICKNAME)))
		return true;
	if (!same(f->primary_smtp, holding_text(h, HELD_PRIMARY)))
		return true;
	return is_told(m, o, ATTR_PROXIES) && !same_proxies(f, h);
}

struct listing {
	struct change *items;
	size_t count;
};

static void
add(struct listing *l, const char *attribute, const char *from,
    const char *to)
{
	if (!same(from, to))
		l->items[l->count++] = (struct change){ attribute, from, to };
}

/* Whether the list has the value; its prefix counts where it is SMTP. */
static bool
has(const char *const *list, size_t n, const char *value)
{
	bool primary = address_type(value) == ADDRESS_PRIMARY;

	for (size_t i = 0; i < n; i++)
		if (utf8_same_folded(list[i], value) &&
		    (address_type(list[i]) == ADDRESS_PRIMARY) == primary)
			return true;
	return false;
}

static void
list_proxies(struct listing *l, const struct forecast *f,
             const struct object *twin)
{
	const char *const *now = twin->proxies;

	for (size_t i = 0; i < twin->proxy_count; i++)
		if (!is_sip(now[i]) &&
		    !has(f->proxy_addresses, f->proxy_count, now[i]))
			add(l, "proxyAddresses", now[i], NULL);
	for (size_t i = 0; i < f->proxy_count; i++)
		if (!is_sip(f->proxy_addresses[i]) &&
		    !has(now, twin->proxy_count, f->proxy_addresses[i]))
			add(l, "proxyAddresses", NULL, f->proxy_addresses[i]);
}

static const char *
word(enum tristate t)
{
	return t == YES ? "true" : t == NO ? "false" : NULL;
}

void
changes_list(const struct model *m, struct object *o,
             const struct object *twin, struct arena *a)
{
	struct forecast *f = &o->forecast;
	size_t room = 4 + f->proxy_count + twin->proxy_count;
	struct listing l = {
		.items = arena_alloc(a, room * sizeof(*l.items)),
	};

	if (o->kind == KIND_USER && f->upn)
		add(&l, "userPrincipalName", twin->upn, f->upn);
	if (f->mail_nickname && is_told(m, o, ATTR_MAIL_NICKNAME))
		add(&l, "mailNickname", twin->mail_nickname, f->mail_nickname);
	if (is_told(m, o, ATTR_MAIL))
		add(&l, "mail", twin->mail, f->mail);
	if (is_told(m, o, ATTR_PROXIES))
		list_proxies(&l, f, twin);
	if (switches(o, twin->enabled))
		add(&l, "accountEnabled", word(twin->enabled),
		    f->account_enabled == ENABLED_YES ? "true" : "false");
	f->changes = l.items;
	f->change_count = l.count;
}
