/* Who else would be touched by a value that is proposed. */
#include "analyze/rules/taken.h"

#include <string.h>

#include "analyze/model/model.h"
#include "analyze/object/object.h"
#include "analyze/rules/in_use.h"
#include "analyze/rules/running.h"
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

const struct account *
taken_sid(const struct check *c, const char *sid)
{
	const struct table *t = &check_model(c)->tables[TENANT_USERS];
	uint32_t print = account_print(sid);

	for (size_t i = 0; !check_is_screening(c) && i < t->count; i++) {
		const struct account *h = t->rows[i].account;

		if (h && !t->rows[i].merged && t->rows[i].twin &&
		    h->synced == YES &&
		    h->printed[ACCOUNT_PRINT_SID] == print)
			return h;
	}
	return NULL;
}
