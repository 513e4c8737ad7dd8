/* Contested values. */
#include "analyze/contest.h"

#include <stdlib.h>
#include <string.h>

#include "analyze/address.h"
#include "analyze/assess.h"
#include "analyze/forecast.h"
#include "analyze/holding.h"
#include "analyze/keys.h"
#include "base/buf.h"
#include "base/err.h"
#include "base/utf8.h"

/* ---- who claims what ---- */

enum rank {
	RANK_TENANT,             /* holds it in the tenant, nobody in AD */
	RANK_HOLDER,             /* the object in AD of one that holds it */
	RANK_CLAIMANT,
	RANK_OUTSIDE,            /* out of scope: claims nothing */
};

struct claimant {
	struct key key;
	enum rank rank;
	when_t created;
	struct guid guid;
};

struct marking {
	struct key_runs runs;
	struct model *m;
	struct key_list kept;
	struct claimant *some;   /* of one value */
	size_t room;
};

/* The object that speaks for the key: that in AD, where there is one. */
static struct claimant
claimant_of(const struct model *m, struct key k)
{
	const struct row *r = &m->tables[k.section].rows[k.row];
	struct claimant out = { .key = k, .rank = RANK_TENANT,
	                        .created = WHEN_NONE };

	if (r->merged) {
		out.key.row = r->twin - 1;
		r = &m->tables[k.section].rows[out.key.row];
	}
	if (section_side((enum section)k.section) == SIDE_TENANT) {
		enum section ad = section_of(SIDE_AD,
			section_kind((enum section)k.section));

		if (!r->twin ||
		    m->tables[ad].rows[r->twin - 1].scope != SCOPE_IN)
			return out;
		out.key.section = (uint32_t)ad;
		out.key.row = r->twin - 1;
		out.rank = RANK_HOLDER;
		r = &m->tables[ad].rows[out.key.row];
	} else {
		out.rank = r->scope == SCOPE_IN ? RANK_CLAIMANT : RANK_OUTSIDE;
	}
	out.created = r->created;
	out.guid = r->guid;
	return out;
}

static int
by_rank(const void *a, const void *b)
{
	const struct claimant *x = a, *y = b;
	int rc;

	if (x->rank != y->rank)
		return x->rank < y->rank ? -1 : 1;
	/* Of one whose age is not known it is not known that it was first. */
	if (x->created != y->created)
		return x->created == WHEN_NONE ? 1
			: y->created == WHEN_NONE ? -1
			: x->created < y->created ? -1 : 1;
	rc = memcmp(&x->guid, &y->guid, sizeof(x->guid));
	if (rc != 0)
		return rc;
	if (x->key.section != y->key.section)
		return x->key.section < y->key.section ? -1 : 1;
	return x->key.row < y->key.row ? -1 : x->key.row > y->key.row;
}

static int
by_object(const void *a, const void *b)
{
	const struct claimant *x = a, *y = b;

	if (x->key.section != y->key.section)
		return x->key.section < y->key.section ? -1 : 1;
	if (x->key.row != y->key.row)
		return x->key.row < y->key.row ? -1 : 1;
	return (int)x->rank - (int)y->rank;
}

/* Each object once, by its best rank; how many there are. */
static size_t
once_each(struct claimant *all, size_t n)
{
	size_t kept = 0;

	qsort(all, n, sizeof(*all), by_object);
	for (size_t i = 0; i < n; i++)
		if (!kept || all[kept - 1].key.section != all[i].key.section ||
		    all[kept - 1].key.row != all[i].key.row)
			all[kept++] = all[i];
	return kept;
}

static void
each(struct key_runs *r, const struct key *first, size_t n)
{
	struct marking *s = (struct marking *)r;

	if (n > s->room) {
		s->room = 2 * n;
		s->some = xreallocarray(s->some, s->room, sizeof(*s->some));
	}
	for (size_t i = 0; i < n; i++)
		s->some[i] = claimant_of(s->m, first[i]);
	n = once_each(s->some, n);
	if (n < 2)
		return;
	qsort(s->some, n, sizeof(*s->some), by_rank);
	for (size_t i = 0; i < n; i++) {
		struct key k = s->some[i].key;
		struct row *row = &s->m->tables[k.section].rows[k.row];

		row->suspect = true;
		row->contested = true;
		key_list_add(&s->kept, k);
	}
}

void
contest_mark(struct model *m)
{
	struct marking s = { .runs = { each }, .m = m };

	keys_build(&m->claims, m->jobs);
	keys_runs(&m->claims, &s.runs);
	keys_release(&m->claims);
	keys_take(&m->claims, &s.kept, 0);
	key_list_release(&s.kept);
	keys_build(&m->claims, 1);
	free(s.some);
}

/* ---- whose it is ---- */

static bool
is_value(enum claim claim, const char *proxy, const char *value)
{
	if (claim == CLAIM_PROXY)
		return utf8_same_folded(proxy, value);
	return address_type(proxy) <= ADDRESS_SECONDARY &&
	       utf8_same_folded(address_body(proxy), value);
}

static bool
has_value(const char *const *proxies, size_t n, const char *upn,
          enum claim claim, const char *value)
{
	if (claim == CLAIM_UPN)
		return upn && utf8_same_folded(upn, value);
	for (size_t i = 0; i < n; i++)
		if (is_value(claim, proxies[i], value))
			return true;
	return false;
}

/* An address without a prefix stands in mail, too. */
static bool
tenant_has(const struct object *o, enum claim claim, const char *value)
{
	return has_value(o->proxies, o->proxy_count, o->upn, claim, value) ||
	       (claim == CLAIM_ADDRESS && o->mail && !o->proxy_count &&
	        utf8_same_folded(o->mail, value));
}

/* What the object would have if nobody else claimed it. */
static bool
ad_claims(struct contest *c, const struct row *r, struct object *o,
          enum claim claim, const char *value, struct arena *a)
{
	const struct forecast *f = &o->forecast;
	enum section tenant = section_twin(section_of(SIDE_AD, o->kind));

	if (o->scope.state != SCOPE_IN)
		return false;
	o->how = (enum how)r->how;
	if (r->twin)
		o->account = c->m->tables[tenant].rows[r->twin - 1].holding;
	forecast_object(c->m, o, a, NULL);
	return has_value(f->proxy_addresses, f->proxy_count, f->upn, claim,
	                 value);
}

/* The object of the key, if it has the value for real; in A. */
static const struct object *
real_claimant(struct contest *c, const struct key *k, enum claim claim,
              const char *value, struct arena *a)
{
	const struct row *r = &c->m->tables[k->section].rows[k->row];
	struct object *o = arena_alloc(a, sizeof(*o));

	if (fetch_object(c->fetch, (enum section)k->section, k->row, a, o,
	                 c->err) < 0) {
		c->failed = true;
		return NULL;
	}
	if (o->side == SIDE_TENANT)
		return tenant_has(o, claim, value) ? o : NULL;
	return ad_claims(c, r, o, claim, value, a) ? o : NULL;
}

static const char *
describe(const struct object *o, struct arena *a)
{
	struct buf out = { 0 };
	const char *text;

	buf_addf(&out, "%s %s %s", o->side == SIDE_AD ? "the" :
	         o->guest == YES ? "the guest" : o->synced == YES
	         ? "in the tenant the synchronized" : "in the tenant the",
	         kind_name(o->kind), object_label(o));
	if (o->dn && o->side == SIDE_AD)
		buf_addf(&out, " (%s)", o->dn);
	buf_adds(&out, " has it");
	text = arena_strdup(a, out.data);
	buf_release(&out);
	return text;
}

static bool
is_asking(const struct contest *c, const struct key *k)
{
	return k->section == (uint32_t)c->section && k->row == c->row;
}

const char *
contest_lost(struct contest *c, enum claim claim, const char *value,
             struct arena *a)
{
	uint64_t hash = claim_hash(claim, value);
	const struct key *end, *k = keys_find(&c->m->claims, hash, &end);

	for (; k < end && !c->failed; k++) {
		const struct object *other;

		if (k->hash != hash)
			continue;
		if (is_asking(c, k))
			return NULL;
		other = real_claimant(c, k, claim, value, a);
		if (other)
			return describe(other, a);
	}
	return NULL;
}

const struct object *
contest_holder(struct contest *c, enum claim claim, const char *value,
               struct arena *a)
{
	uint64_t hash = claim_hash(claim, value);
	const struct key *end, *k = keys_find(&c->m->claims, hash, &end);

	for (; k < end && !c->failed; k++) {
		const struct object *other;

		if (k->hash != hash ||
		    section_side((enum section)k->section) == SIDE_AD)
			continue;
		other = real_claimant(c, k, claim, value, a);
		if (other)
			return other;
	}
	return NULL;
}
