/* Who else would be touched by a value that is proposed. */
#include "analyze/rules/taken.h"

#include <string.h>

#include "analyze/model/model.h"
#include "analyze/object/object.h"
#include "analyze/rules/in_use.h"
#include "analyze/rules/running.h"
#include "base/hash.h"
#include "base/utf8.h"

/* In so many domains a local part is looked for; with more nobody knows. */
enum { DOMAINS_ASKED = 64 };

static struct reading
open_reading(struct check *c)
{
	return (struct reading){
		.m = c->plan->m, .fetch = c->fetch, .arena = &c->scratch,
		.err = c->err, .apart = true,
	};
}

bool
taken_alias(struct check *c, const struct object *o, const char *alias)
{
	struct reading r = open_reading(c);
	bool taken = in_use_as(&r, o, UNIQUE_ALIAS, alias);

	c->failed |= r.failed;
	return taken;
}

bool
taken_for_calls(struct check *c, const struct object *o, const char *address)
{
	struct reading r = open_reading(c);
	bool taken = in_use_as(&r, o, UNIQUE_PROXY,
	                       check_textf(c, "sip:%s", address));

	c->failed |= r.failed;
	return taken;
}

bool
taken_in_ad(struct check *c, const struct object *o, const char *address)
{
	struct reading r = open_reading(c);
	bool taken;

	r.ad_alone = true;
	taken = in_use_by_other(&r, o, address);
	c->failed |= r.failed;
	return taken;
}

static bool
is_own(const struct object *o, const char *address)
{
	const struct forecast *f = &o->forecast.line;

	for (size_t i = 0; i < f->proxy_count; i++)
		if (utf8_same_folded(address_body(f->proxy_addresses[i]),
		                     address))
			return true;
	return false;
}

static bool
is_in_a_domain(struct check *c, struct reading *r, const struct object *o,
               const char *local)
{
	const struct model *m = c->plan->m;

	for (size_t i = 0; i < m->verified_count; i++)
		if (in_use_by_other(r, o, check_textf(c, "%s@%s", local,
		                    m->verified_domains[i])))
			return true;
	return m->verified_count > DOMAINS_ASKED;
}

/* Whether anybody but O has LOCAL, or may get it in the tenant's own domain. */
static bool
is_wanted(struct check *c, const struct object *o, const char *local,
          const char *address)
{
	struct reading r = open_reading(c);
	bool taken = in_use_by_other(&r, o, address) ||
	             in_use_as(&r, o, UNIQUE_ALIAS, local) ||
	             in_use_as(&r, o, UNIQUE_SAM, local) ||
	             is_in_a_domain(c, &r, o, local);

	c->failed |= r.failed;
	return taken;
}

static const char *
local_part(struct check *c, const char *address)
{
	return arena_strndup(&c->scratch, address, strcspn(address, "@"));
}

bool
taken_local_part(struct check *c, const struct object *o, const char *address)
{
	const char *initial = c->plan->m->initial_domain;
	const char *local = local_part(c, address);
	const char *there = initial ? check_textf(c, "%s@%s", local, initial)
	                            : NULL;

	return there && !is_own(o, there) && is_wanted(c, o, local, there);
}

/* Its address in DOMAIN, the tenant's own; or NULL. */
static const char *
own_in(const struct object *o, const char *domain)
{
	const struct forecast *f = &o->forecast.line;

	for (size_t i = 0; i < f->proxy_count; i++) {
		const char *body = address_body(f->proxy_addresses[i]);
		const char *in = address_domain(body);

		if (in && utf8_same_folded(in, domain))
			return body;
	}
	return NULL;
}

/* Whether another object of AD wants it, or what its alias gives there. */
static bool
is_waited_for(struct check *c, const struct object *o, const char *address)
{
	struct reading r = open_reading(c);
	bool is;

	/* What the tenant has beside them gets nothing anew. */
	r.ad_alone = true;
	is = in_use_by_other(&r, o, address) ||
	     in_use_as(&r, o, UNIQUE_ALIAS, local_part(c, address));
	c->failed |= r.failed;
	return is;
}

bool
taken_once_given_up(struct check *c, const struct object *o,
                    const char *address)
{
	const char *initial = c->plan->m->initial_domain;
	const char *now = initial ? own_in(o, initial) : NULL;

	return now && !utf8_same_folded(local_part(c, now),
	                                local_part(c, address)) &&
	       is_waited_for(c, o, now);
}

bool
taken_name_given_up(struct check *c, const struct object *o)
{
	const char *initial = c->plan->m->initial_domain;
	const char *now = o->forecast.line.upn;
	const char *domain = now ? address_domain(now) : NULL;

	return initial && domain && utf8_same_folded(domain, initial) &&
	       is_waited_for(c, o, now);
}

/* ---- SIDs of accounts ---- */

/* Whether any user of AD lost the account of his SID to another's anchor. */
static bool
is_any_outranked(const struct model *m)
{
	const struct table *t = &m->tables[AD_USERS];

	for (size_t i = 0; i < t->count; i++)
		if (!t->rows[i].twin && t->rows[i].how == HOW_NAMES)
			return true;
	return false;
}

static uint64_t
sid_hash(uint32_t print)
{
	return hash_bytes(&print, sizeof(print));
}

void
taken_sids_note(struct keys *to, const struct model *m)
{
	const struct table *t = &m->tables[TENANT_USERS];
	size_t n = is_any_outranked(m) ? t->count : 0;
	struct key_list all = { 0 };

	for (size_t i = 0; i < n; i++) {
		const struct row *r = &t->rows[i];
		const struct account *h = r->account;

		if (h && !r->merged && r->twin && h->synced == YES &&
		    h->printed[ACCOUNT_PRINT_SID])
			key_list_add(&all, (struct key){
				.hash = sid_hash(h->printed[ACCOUNT_PRINT_SID]),
				.row = (uint32_t)i, .section = TENANT_USERS,
			});
	}
	keys_take(to, &all, 0);
	key_list_release(&all);
	keys_build(to, m->jobs);
}

/* Whether it is the SID that stands behind the fingerprint. */
static bool
is_of_sid(struct check *c, const struct key *k, const char *sid)
{
	struct object *o = arena_alloc(&c->scratch, sizeof(*o));

	return check_account(c, TENANT_USERS, k->row, o) &&
	       o->tenant.sync_sid && strcmp(o->tenant.sync_sid, sid) == 0;
}

const struct account *
taken_sid(struct check *c, const char *sid)
{
	uint64_t hash = sid_hash(account_print(sid));
	const struct key *end, *k = keys_find(&c->plan->sids, hash, &end);

	for (; !c->screening && k < end && !c->failed; k++)
		if (k->hash == hash && is_of_sid(c, k, sid))
			return c->plan->m->tables[TENANT_USERS].rows[k->row]
				.account;
	return NULL;
}
