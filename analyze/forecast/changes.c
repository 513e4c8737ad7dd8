/* Compares an account with what sync will write into it. */
#include "analyze/forecast/forecast.h"

#include <stddef.h>
#include <string.h>
#include <strings.h>

#include "analyze/findings/findings.h"
#include "analyze/model/model.h"
#include "analyze/object/object.h"
#include "base/utf8.h"

/* Whether the attribute was collected of the account. */
static bool
is_told(const struct model *m, const struct object *o, enum attr attr)
{
	enum section twin = section_twin(section_of(SIDE_AD, o->kind));

	return attr_set_has(m->tables[twin].covered, attr);
}

static bool
same(const char *a, const char *b)
{
	return a == b || (a && b && utf8_same_folded(a, b));
}

/* The account holds these values of proxyAddresses, and none of its own. */
static bool
same_proxies(const struct forecast *f, const struct account *h)
{
	size_t held = h->has_proxies ? h->print_count - h->service_count -
	                               h->online_count : 0;

	if (held && account_text(h, ACCOUNT_UPN))
		held--;
	for (size_t i = 0; i < f->proxy_count; i++) {
		const char *value = f->proxy_addresses[i];

		if (address_is_of_service(value))
			continue;
		if (!account_has(h, unique_hash(UNIQUE_PROXY, value)) ||
		    (!address_is_of_online(value) && !held--))
			return false;
	}
	return held == 0;
}

static bool
switches(const struct object *o, enum tristate now)
{
	enum enabled next = o->forecast.line.account_enabled;

	return next != ENABLED_UNKNOWN && now != UNKNOWN &&
	       (next == ENABLED_YES) != (now == YES);
}

/* Texts that flow as they are. */
static const struct {
	enum attr attr;
	enum account_print print;
	const char *name;            /* in the tenant */
	size_t offset;
} plain[] = {
	{ ATTR_DISPLAY_NAME, ACCOUNT_PRINT_DISPLAY_NAME, "displayName",
	  offsetof(struct object, display_name) },
	{ ATTR_GIVEN_NAME, ACCOUNT_PRINT_GIVEN_NAME, "givenName",
	  offsetof(struct object, given_name) },
	{ ATTR_SURNAME, ACCOUNT_PRINT_SURNAME, "surname",
	  offsetof(struct object, surname) },
};

enum { PLAIN = sizeof(plain) / sizeof(plain[0]) };

static const char *
plain_text(const struct object *o, size_t i)
{
	const char *text = *(const char *const *)((const char *)o +
	                                          plain[i].offset);

	return text && *text ? text : NULL;
}

/* What AD gives: cn stands in for displayName (RULEXML). */
static const char *
given(const struct object *o, size_t i)
{
	const char *text = plain_text(o, i);

	return !text && plain[i].attr == ATTR_DISPLAY_NAME ? o->cn : text;
}

/* A take-over leaves alone what AD does not have. */
static bool
flows(const struct model *m, const struct object *o, size_t i)
{
	enum section s = section_of(SIDE_AD, o->kind);

	return is_told(m, o, plain[i].attr) &&
	       attr_set_has(m->tables[s].covered, plain[i].attr) &&
	       (given(o, i) || o->forecast.line.action == ACTION_UPDATE);
}

static bool
changes_plain(const struct model *m, const struct object *o)
{
	for (size_t i = 0; i < PLAIN; i++)
		if (o->links.account->printed[plain[i].print] !=
		    account_print(given(o, i)) && flows(m, o, i))
			return true;
	return false;
}

/* No user is without a sign-in name: what NOW lacks was not read. */
static bool
renames(const struct forecast *f, const char *now)
{
	return f->upn && now && !same(f->upn, now);
}

/* Nor does it change, but whether it should have is to be asked. */
static bool
lacks_name(const struct object *o)
{
	const struct account *h = o->links.account;
	const char *seen = account_text(h, ACCOUNT_SYNC_UPN);

	return o->upn && seen && utf8_same_folded(seen, o->upn) &&
	       !same(o->upn, account_text(h, ACCOUNT_UPN));
}

bool
changes_any(const struct model *m, const struct object *o)
{
	const struct forecast *f = &o->forecast.line;
	const struct account *h = o->links.account;

	if (o->kind == KIND_USER &&
	    (renames(f, account_text(h, ACCOUNT_UPN)) || lacks_name(o) ||
	     switches(o, h->enabled)))
		return true;
	if (is_told(m, o, ATTR_MAIL_NICKNAME) && f->mail_nickname &&
	    !same(f->mail_nickname, account_text(h, ACCOUNT_NICKNAME)))
		return true;
	if (!same(f->primary_smtp, account_text(h, ACCOUNT_PRIMARY)))
		return true;
	return changes_plain(m, o) ||
	       (is_told(m, o, ATTR_PROXIES) && !same_proxies(f, h));
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
		if (!address_is_of_service(now[i]) &&
		    !address_is_of_online(now[i]) &&
		    !has(f->proxy_addresses, f->proxy_count, now[i]))
			add(l, "proxyAddresses", now[i], NULL);
	for (size_t i = 0; i < f->proxy_count; i++)
		if (!address_is_of_service(f->proxy_addresses[i]) &&
		    !has(now, twin->proxy_count, f->proxy_addresses[i]))
			add(l, "proxyAddresses", NULL, f->proxy_addresses[i]);
}

/* Letter case counts here. */
static void
list_plain(struct listing *l, const struct model *m, const struct object *o,
           const struct object *twin)
{
	for (size_t i = 0; i < PLAIN; i++) {
		const char *from = plain_text(twin, i), *to = given(o, i);

		if (flows(m, o, i) && (!from || !to ? from != to
		                       : strcmp(from, to) != 0))
			l->items[l->count++] = (struct change){
				plain[i].name, from, to
			};
	}
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
	struct forecast *f = &o->forecast.line;
	size_t room = 4 + PLAIN + f->proxy_count + twin->proxy_count;
	struct listing l = {
		.items = arena_alloc(a, room * sizeof(*l.items)),
	};

	if (o->kind == KIND_USER && renames(f, twin->upn))
		add(&l, "userPrincipalName", twin->upn, f->upn);
	if (f->mail_nickname && is_told(m, o, ATTR_MAIL_NICKNAME))
		add(&l, "mailNickname", twin->mail_nickname, f->mail_nickname);
	if (is_told(m, o, ATTR_MAIL))
		add(&l, "mail", twin->mail, f->mail);
	if (is_told(m, o, ATTR_PROXIES))
		list_proxies(&l, f, twin);
	list_plain(&l, m, o, twin);
	if (switches(o, twin->enabled))
		add(&l, "accountEnabled", word(twin->enabled),
		    f->account_enabled == ENABLED_YES ? "true" : "false");
	f->changes = l.items;
	f->change_count = l.count;
}

void
changes_keep(struct object *o, const struct object *twin, struct arena *a)
{
	struct forecast *f = &o->forecast.line;
	size_t n = f->proxy_count, m = f->origin_count;
	const char **to;
	struct origin *from;

	if (!o->links.account->has_staying)
		return;
	to = arena_alloc(a, (n + twin->proxy_count) * sizeof(*to));
	from = arena_alloc(a, (m + twin->proxy_count) * sizeof(*from));
	if (n)
		memcpy(to, f->proxy_addresses, n * sizeof(*to));
	if (m)
		memcpy(from, f->origins, m * sizeof(*from));
	for (size_t i = 0; i < twin->proxy_count; i++) {
		const char *value = twin->proxies[i];

		if (!address_stays(value) ||
		    has(f->proxy_addresses, f->proxy_count, value))
			continue;
		to[n++] = value;
		from[m++] = (struct origin){
			.value = value, .from = origin_name(ORIGIN_TENANT)
		};
	}
	f->proxy_addresses = to;
	f->proxy_count = n;
	f->origins = from;
	f->origin_count = m;
}

enum differing
changes_first(const struct forecast *f)
{
	for (int i = 0; f->change_count && i < DIFFERING_COUNT; i++)
		if (strcmp(differing_name((enum differing)i),
		           f->changes->attribute) == 0)
			return (enum differing)i;
	return DIFFERING_NAMES;
}
