/* Fingerprints of what must be unique, and of who claims it. */
#include "analyze/load/unique_keys.h"

#include <stdlib.h>
#include <string.h>

#include "analyze/load/shared_values.h"
#include "analyze/load/unique_beside.h"
#include "analyze/model/model.h"
#include "analyze/policy/policy.h"
#include "base/hash.h"
#include "base/hash_index.h"
#include "base/list.h"
#include "base/utf8.h"

/* Whether values are compared, and objects of the section have any. */
bool
unique_matters(const struct registry *g, enum section s)
{
	return (g->wants & (SCREEN_SHARERS | SCREEN_FORECAST)) &&
	       s != SECTION_COUNT && section_kind(s) < KIND_COMPUTER;
}

/*
 * A sign-in name is held as an address as well, with or without a mailbox:
 * another object's proxyAddresses cannot have it. Guests' names are nobody's
 * address.
 */
static void
note_name(struct key_list *to, const struct entry *e)
{
	const struct account *h = e->r->account;
	const char *upn = account_text(h, ACCOUNT_UPN);
	uint64_t hash = upn ? unique_hash(UNIQUE_ADDRESS, upn) : 0;

	if (e->s == TENANT_USERS && upn && !h->guest && !account_has(h, hash))
		registry_note(to, hash, e->row, e->s);
}

/* What a guest signs in with may stand in the way, as an address or a name. */
static void
note_guest(struct key_list *to, const struct entry *e)
{
	const struct account *h = e->r->account;
	char address[ADDRESS_OF_GUEST];
	uint64_t hash;

	if (e->s != TENANT_USERS || h->synced == YES ||
	    !address_of_guest(account_text(h, ACCOUNT_UPN), address))
		return;
	hash = unique_hash(UNIQUE_ADDRESS, address);
	if (!account_has(h, hash))
		registry_note(to, hash, e->row, e->s);
	registry_note(to, unique_hash(UNIQUE_UPN, address), e->row, e->s);
}

/* What must be unique is kept of all that live. */
void
unique_note_values(const struct registry *g, const struct entry *e)
{
	struct key_list *to = e->s == TENANT_DELETED_USERS ? &e->lists->beside
	                                                   : &e->lists->held;
	const struct account *h = e->r->account;

	if (!unique_matters(g, e->s))
		return;
	for (uint32_t i = 0; i < h->print_count; i++)
		registry_note(to, h->prints[i], e->row, e->s);
	note_name(to, e);
	note_guest(to, e);
	unique_note_beside(g, e);
}

/* The account that is the object's own, by a key. */
static const struct account *
own_account(const struct object *o)
{
	return o->links.how == HOW_ANCHOR || o->links.how == HOW_NAMES
		? o->links.account : NULL;
}

/* A value that the object's own account holds is nobody else's. */
static void
claim_value(const struct registry *g, const struct entry *e, uint64_t hash)
{
	const struct account *own = own_account(e->o);
	const struct object *o = e->o;
	const struct key *end, *k;

	if (own && account_has(own, hash))
		return;
	registry_note(&e->lists->claim, hash, e->row,
	              section_of(SIDE_AD, o->kind));
	if (!g->held.count || !keys_may_have(&g->held, hash))
		return;
	for (k = keys_find(&g->held, hash, &end); k < end; k++)
		if (k->hash == hash)
			key_list_add(&e->lists->holder, *k);
}

/* The values of one object, each once; beyond a few they are indexed. */
enum { VALUES_FEW = 32 };

struct values {
	uint64_t *prints;
	size_t count;
	struct hash_index index;
};

static void
index_values(struct values *v)
{
	while (v->index.count < v->count)
		hash_index_add(&v->index, v->prints[v->index.count],
		               v->index.count);
}

static bool
has_value(struct values *v, uint64_t print)
{
	size_t at = HASH_INDEX_FIRST;

	if (v->count > VALUES_FEW) {
		index_values(v);
		return hash_index_next(&v->index, print, &at) >= 0;
	}
	for (size_t i = 0; i < v->count; i++)
		if (v->prints[i] == print)
			return true;
	return false;
}

/* A print that is looked up soon is fetched by then. */
static void
add_value(const struct registry *g, struct values *v, uint64_t print)
{
	if (has_value(v, print))
		return;
	v->prints[v->count++] = print;
	keys_expect_mark(&g->held, print);
}

/* Its account holds the name as an address, if that is its name already. */
static bool
is_name_held(const struct object *o, const char *upn)
{
	const struct account *own = own_account(o);
	const char *now = own ? account_text(own, ACCOUNT_UPN) : NULL;

	return now && utf8_same_folded(now, upn);
}

/* What it will sign in with; others cannot have it as an address then. */
static void
add_name(const struct registry *g, const struct object *o, struct values *v)
{
	const char *upn = o->forecast.line.upn;

	add_value(g, v, unique_hash(UNIQUE_UPN, upn));
	if (!is_name_held(o, upn))
		add_value(g, v, unique_hash(UNIQUE_ADDRESS, upn));
}

/* What it asked for before edits: of others, that is still evidence. */
static void
add_before(const struct registry *g, const struct ad_names *was,
           struct values *v)
{
	for (size_t i = 0; i < was->proxy_count; i++)
		add_value(g, v, unique_hash(UNIQUE_PROXY, was->proxies[i]));
	if (!was->proxy_count && was->mail)
		add_value(g, v, unique_hash(UNIQUE_ADDRESS, was->mail));
	if (was->upn)
		add_value(g, v, unique_hash(UNIQUE_UPN, was->upn));
}

void
unique_claim(const struct registry *g, const struct entry *e)
{
	const struct object *o = e->o;
	const struct forecast *f = &o->forecast.line;
	const struct ad_names *was = o->ad.before;
	size_t room = o->proxy_count + f->proxy_count + 3 +
	              (was ? was->proxy_count + 2 : 0);
	struct values v = {
		.prints = arena_alloc(e->scratch, room * sizeof(*v.prints)),
	};

	/* What is dropped is nobody's claim, but may be shared in AD. */
	for (size_t i = 0; (g->wants & SCREEN_SHARERS) &&
	     i < o->proxy_count; i++)
		add_value(g, &v, unique_hash(UNIQUE_PROXY, o->proxies[i]));
	/* Who holds addresses beside whom sync takes has it, too. */
	if ((g->wants & SCREEN_SHARERS) && !o->proxy_count && o->mail &&
	    g->m->tables[AD_OTHER].file_count)
		add_value(g, &v, unique_hash(UNIQUE_ADDRESS, o->mail));
	for (size_t i = 0; f->in_scope && i < f->proxy_count; i++)
		add_value(g, &v, unique_hash(UNIQUE_PROXY,
		                             f->proxy_addresses[i]));
	if (f->in_scope && f->upn)
		add_name(g, o, &v);
	if (f->in_scope && was)
		add_before(g, was, &v);
	for (size_t i = 0; i < v.count; i++)
		claim_value(g, e, v.prints[i]);
	hash_index_release(&v.index);
	unique_note_beside(g, e);
}

void
unique_note_joined(const struct registry *g, const struct entry *e)
{
	const struct object *o = e->o;
	struct key key = {
		.row = e->row, .section = (uint32_t)section_of(SIDE_AD, o->kind)
	};
	uint64_t *prints;
	size_t n;

	if (o->scope.state != SCOPE_IN)
		return;
	if (g->m->domains.forest_count > 1 && joined_has_value(g->m, o))
		e->lists->join_value = true;
	n = joined_prints(g->m, o, e->scratch, &prints);
	for (size_t i = 0; i < n; i++) {
		key.hash = prints[i];
		key_list_add(&e->lists->claim, key);
	}
	/* Who has his own objectGUID there shares it with nobody else. */
	if (!anchor_is_chosen(model_policy(g->m, o), o) ||
	    memcmp(&o->ad.consistency_guid, &o->guid, sizeof(o->guid)) == 0)
		return;
	key.hash = unique_hash_anchor(&o->ad.consistency_guid);
	key_list_add(&e->lists->claim, key);
	key.hash = hash_bytes(&o->ad.consistency_guid, sizeof(o->guid));
	key_list_add(&e->lists->anchor, key);
}

/*
 * An object with an anchor that others may have; its account speaks for it, of
 * groups by whatever it was found.
 */
static void
claim_anchor(struct model *m, struct key_list *to, enum section s,
             uint32_t row)
{
	const struct row *r = &m->tables[s].rows[row];
	struct key key = { .hash = unique_hash_anchor(&r->guid), .row = row,
	                   .section = (uint32_t)s };

	key_list_add(to, key);
	/* That of one that was merged is the row that stands, of AD. */
	if (r->merged || !r->twin || (s == AD_USERS && r->how != HOW_ANCHOR))
		return;
	key.row = r->twin - 1;
	key.section = (uint32_t)section_twin(s);
	key_list_add(to, key);
}

/* The objectGUIDs of a section that others have as their anchors. */
static void
claim_guids(struct registry *g, enum section s, struct key_list *to)
{
	struct table *t = &g->m->tables[s];

	for (uint32_t i = 0; i < t->count; i++) {
		const struct row *r = &t->rows[i];
		uint64_t hash = hash_bytes(&r->guid, sizeof(r->guid));
		const struct key *end, *k = keys_find(&g->anchors, hash, &end);

		for (; r->has_guid && k < end; k++)
			if (k->hash == hash && k->section == (uint32_t)s)
				claim_anchor(g->m, to, s, i);
	}
}

void
unique_claim_anchors(struct registry *g)
{
	struct key_list found = { 0 };

	if (!g->anchors.count)
		return;
	claim_guids(g, AD_USERS, &found);
	claim_guids(g, AD_GROUPS, &found);
	keys_take(&g->m->claims, &found, 0);
	key_list_release(&found);
}

/* ---- values that several objects claim ---- */

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

	LIST_RESERVE(s->some, s->room, n);
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

/* All claims, and what the tenant holds, are known to be in use. */
static void
keep_in_use(struct registry *g)
{
	struct model *m = g->m;

	if (g->wants & SCREEN_SHARERS) {
		keys_build(&g->beside, m->jobs);
		keys_build(&g->names, m->jobs);
		m->in_use[IN_USE_CLAIMED] = m->claims;
		m->in_use[IN_USE_HELD] = g->held;
		m->in_use[IN_USE_BESIDE] = g->beside;
		m->in_use[IN_USE_NAMES] = g->names;
		g->held = g->beside = g->names = (struct keys){ 0 };
		m->claims = (struct keys){ 0 };
	}
	keys_release(&m->claims);
}

void
unique_find_contested(struct registry *g)
{
	struct model *m = g->m;
	struct marking s = { .runs = { each }, .m = m };

	keys_build(&m->claims, m->jobs);
	keys_runs(&m->claims, &s.runs);
	keep_in_use(g);
	shared_values_mark(m);
	keys_take(&m->claims, &s.kept, 0);
	key_list_release(&s.kept);
	keys_build(&m->claims, 1);
	free(s.some);
}

