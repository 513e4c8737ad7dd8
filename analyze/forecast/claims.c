/* What an object has, or is to have, of values that others ask for. */
#include "analyze/forecast/claims.h"

#include <stdlib.h>
#include <string.h>

#include "analyze/model/model.h"
#include "analyze/object/object.h"
#include "base/err.h"
#include "base/utf8.h"

static bool
is_value(enum unique kind, const char *proxy, const char *value)
{
	if (kind == UNIQUE_PROXY)
		return utf8_same_folded(proxy, value);
	return address_type(proxy) <= ADDRESS_SECONDARY &&
	       utf8_same_folded(address_body(proxy), value);
}

static bool
has_value(const char *const *proxies, size_t n, const char *upn,
          enum unique kind, const char *value)
{
	if (kind == UNIQUE_UPN)
		return upn && utf8_same_folded(upn, value);
	for (size_t i = 0; i < n; i++)
		if (is_value(kind, proxies[i], value))
			return true;
	return false;
}

static enum having
has_name(const char *upn, enum unique kind, const char *value)
{
	return kind == UNIQUE_ADDRESS && upn && utf8_same_folded(upn, value)
		? HAS_AS_NAME : HAS_NOT;
}

/* By his sign-in name, where another directory or mailbox signs him in. */
static enum having
guest_has(const struct object *o, enum unique kind, const char *value)
{
	char address[ADDRESS_OF_GUEST];

	return o->kind == KIND_USER && kind != UNIQUE_PROXY &&
	       o->tenant.synced != YES && address_of_guest(o->upn, address) &&
	       utf8_same_folded(address, value) ? HAS_AS_GUEST : HAS_NOT;
}

/* An address without a prefix stands in mail, too. */
static enum having
tenant_has(const struct object *o, enum unique kind, const char *value)
{
	if (has_value(o->proxies, o->proxy_count, o->upn, kind, value) ||
	    (kind == UNIQUE_ADDRESS && o->mail && !o->proxy_count &&
	     utf8_same_folded(o->mail, value)))
		return HAS_VALUE;
	if (o->kind == KIND_USER && !object_is_guest(o))
		return has_name(o->upn, kind, value);
	return guest_has(o, kind, value);
}

struct object *
claims_read(struct quarantine *c, const struct key *k, struct arena *a)
{
	enum section s = (enum section)k->section;
	const struct row *r = &c->m->tables[s].rows[k->row];
	struct object *o = arena_alloc(a, sizeof(*o));

	if (fetch_object(c->fetch, s, k->row, a, o, c->err) < 0) {
		c->failed = true;
		return NULL;
	}
	if (o->side == SIDE_AD)
		model_links(c->m, r, s, &o->links);
	else
		o->links.is_open = joins_is_open(c->m, s, o);
	return o;
}

/* Which values of its account stay, whatever the model makes of AD's. */
enum keeping {
	KEEPS_NOTHING,
	KEEPS_MAIL,              /* Exchange Online owns its addresses */
	KEEPS_ALL,               /* converted; or in sync: it shows them */
};

static enum keeping
keeping_of(const struct model *m, const struct object *o)
{
	const struct account *h = o->links.account;

	if (!h)
		return KEEPS_NOTHING;
	if (o->forecast.block == BLOCK_CLOUD_MANAGED ||
	    (o->forecast.line.action == ACTION_UPDATE &&
	     evidence_is_in_sync(m, o)))
		return KEEPS_ALL;
	return mail_is_kept(m, o) ? KEEPS_MAIL : KEEPS_NOTHING;
}

/* What the model makes of AD's values. */
static enum having
model_claims(const struct forecast *f, enum unique kind, const char *value)
{
	return has_value(f->proxy_addresses, f->proxy_count, f->upn, kind,
	                 value) ? HAS_VALUE : has_name(f->upn, kind, value);
}

/* Of an object whose account keeps what it has. */
static enum having
account_claims(const struct object *o, const struct key *k, enum unique kind,
               const char *value, enum keeping how)
{
	const struct account *h = o->links.account;
	const char *upn = how == KEEPS_MAIL ? o->forecast.line.upn
		: o->kind == KIND_USER && !h->guest
		? account_text(h, ACCOUNT_UPN) : NULL;
	bool shown = how == KEEPS_ALL && o->forecast.block == BLOCK_NOT;
	bool claimed = model_claims(&o->forecast.line, kind, value) != HAS_NOT;
	enum having named = has_name(upn, kind, value);

	if (kind == UNIQUE_UPN ? has_value(NULL, 0, upn, kind, value)
	                       : account_has(h, k->hash))
		return how == KEEPS_MAIL && kind == UNIQUE_UPN ? HAS_VALUE
			: !shown ? HAS_OWNED
			: claimed ? HAS_VALUE : HAS_KEPT;
	return named ? named : shown && claimed ? HAS_REFUSED : HAS_NOT;
}

bool
claims_foresee(struct quarantine *c, const struct key *k, struct object *o,
               struct arena *a)
{
	struct quarantine theirs = *c;
	bool has;

	theirs.section = (enum section)k->section;
	theirs.row = k->row;
	has = c->would_have(&theirs, o, a);
	c->failed |= theirs.failed;
	return has && !c->failed;
}

/* Whether AD itself gives it the value. */
static bool
is_given(const struct object *o, const char *value)
{
	const char *body = address_body(value);

	return object_has_address(o, value) ||
	       (o->upn && utf8_same_folded(o->upn, body)) ||
	       (o->mail && utf8_same_folded(o->mail, body));
}

/* HOW it has what the model says, seen beside AD and the account. */
static enum having
seen_in(const struct object *o, const struct key *k, enum having how,
        const char *value)
{
	return how == HAS_VALUE && o->links.account &&
	       account_has(o->links.account, k->hash) && !is_given(o, value)
		? HAS_KEPT : how;
}

/* What the object would have if nobody else claimed it. */
static enum having
ad_claims(struct quarantine *c, const struct key *k, struct object *o,
          enum unique kind, const char *value, struct arena *a)
{
	enum keeping kept;

	if (o->scope.state != SCOPE_IN || !claims_foresee(c, k, o, a))
		return HAS_NOT;
	kept = keeping_of(c->m, o);
	if (kept)
		return account_claims(o, k, kind, value, kept);
	return seen_in(o, k, model_claims(&o->forecast.line, kind, value),
	               value);
}

const struct object *
claims_real(struct quarantine *c, const struct key *k, enum unique kind,
              const char *value, struct arena *a, enum having *how)
{
	struct object *o = claims_read(c, k, a);

	*how = !o ? HAS_NOT : o->side == SIDE_TENANT
		? tenant_has(o, kind, value)
		: ad_claims(c, k, o, kind, value, a);
	return *how ? o : NULL;
}
