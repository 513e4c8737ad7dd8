/*
 * What the tenant will have of a group's members: "Understanding Users, Groups,
 * and Contacts", section Groups; for Cloud Sync its supported topologies.
 */
#include "analyze/model/model.h"

#include <string.h>
#include <strings.h>

#include "analyze/object/object.h"
#include "analyze/policy/policy.h"
#include "analyze/scope/scope.h"
#include "base/buf.h"
#include "base/dn.h"
#include "base/hash.h"
#include "base/sid.h"

/*
 * Who was counted: a group may have one member by its own name and by foreign
 * security principals in several domains, and a file may spell one name in two
 * ways. Prints, in a table with room for all; 0 is an empty place.
 */
struct counted {
	uint64_t *prints;
	size_t room;               /* a power of two */
};

/* A group whose members are counted. */
struct counting {
	const struct model *m;
	struct fetch *fetch;
	const struct object *group;
	struct arena *arena;
	struct counted counted;
	find_stander *stander;
	bool has_foreign;          /* some are of other forests */
	struct members *out;
	struct err *err;
};

/* A row of AD, or NULL. */
struct known_member {
	const struct row *row;
	enum section section;
};

/*
 * By its fingerprint: objects that share 64 bits of one are not told apart,
 * since that would read every member of every group.
 */
static struct known_member
find(const struct model *m, const struct keys *ks, uint64_t hash)
{
	const struct key *end, *k;

	if (!ks->built || !hash)
		return (struct known_member){ 0 };
	for (k = keys_find(ks, hash, &end); k < end; k++) {
		const struct row *rows = m->tables[k->section].rows;
		const struct row *r = &rows[k->row];

		if (k->hash == hash)
			return (struct known_member){
				r->merged ? &rows[r->twin - 1] : r,
				(enum section)k->section
			};
	}
	return (struct known_member){ 0 };
}

static struct counted
counted_new(struct arena *a, size_t members)
{
	struct counted of = { .room = 4 };

	while (of.room < 2 * members)
		of.room *= 2;
	of.prints = arena_alloc(a, of.room * sizeof(*of.prints));
	memset(of.prints, 0, of.room * sizeof(*of.prints));
	return of;
}

/* Whether PRINT was there; it is from now on. */
static bool
count_again(struct counted *of, uint64_t print)
{
	size_t at;

	print += print == 0;
	at = (print >> 1) & (of->room - 1);
	while (of->prints[at] && of->prints[at] != print)
		at = (at + 1) & (of->room - 1);
	if (of->prints[at])
		return true;
	of->prints[at] = print;
	return false;
}

/* Of several that sync takes for one the tenant has one. */
static const struct row *
stander_of(struct counting *c, struct known_member f)
{
	struct key k = {
		.row = (uint32_t)(f.row - c->m->tables[f.section].rows),
		.section = (uint32_t)f.section,
	};

	if (!f.row->contested || f.section == AD_GROUPS)
		return f.row;
	/* Users are joined across forests; in their own they stand. */
	if (!c->has_foreign && f.section == AD_USERS && !f.row->part)
		return f.row;
	if (c->stander(c->m, c->fetch, &k, c->err) < 0)
		return NULL;
	return &c->m->tables[k.section].rows[k.row];
}

/*
 * Of who is known its row, however it is named; else PRINT, of the name. 1, 0,
 * or -1 with c->err filled.
 */
static int
is_repeat(struct counting *c, struct known_member f, uint64_t print)
{
	const struct row *stands;
	uint64_t row;

	if (!f.row)
		return count_again(&c->counted, print);
	stands = stander_of(c, f);
	if (!stands)
		return -1;
	/* By an odd factor no two rows get one print. */
	row = (uint64_t)(uintptr_t)stands * UINT64_C(0x9e3779b97f4a7c15);
	return count_again(&c->counted, row << 32 | row >> 32);
}

static void
lose(struct counting *c, uint64_t *count, const char *dn, const char *reason)
{
	struct members *out = c->out;

	++*count;
	if (out->lost_count < LOST_TOLD)
		out->lost[out->lost_count++] = (struct lost_member){
			dn, reason
		};
}

/* Why the object of the row is out of scope, as it is told of itself. */
static int
reason_of(struct counting *c, struct known_member f, const char **out)
{
	struct object *o = arena_alloc(c->arena, sizeof(*o));
	const struct table *t = &c->m->tables[f.section];

	if (fetch_object(c->fetch, f.section, (uint32_t)(f.row - t->rows),
	                 c->arena, o, c->err) < 0)
		return -1;
	model_links(c->m, f.row, f.section, &o->links);
	scope_judge_account(model_policy(c->m, o), o, table_covered(t, o),
	                    c->arena);
	*out = o->scope.reason;
	return 0;
}

/* Out of scope; the reasons of the first are read. */
static int
lose_outside(struct counting *c, uint64_t *count, const char *dn,
             struct known_member f)
{
	const char *reason = NULL;

	if (c->out->lost_count < LOST_TOLD && reason_of(c, f, &reason) < 0)
		return -1;
	lose(c, count, dn, reason);
	return 0;
}

/* A linked mailbox is in groups as its master account. */
static bool
is_kept(const struct row *r)
{
	return r->scope == SCOPE_IN || r->part;
}

static int
count_own(struct counting *c, const char *dn)
{
	struct containers *cs = fetch_containers(c->fetch);
	uint64_t hash = container_dn_hash(cs, dn);
	struct known_member f = find(c->m, &c->m->by_dn, hash);
	int again = f.row && f.section == AD_COMPUTERS
		? 1 : is_repeat(c, f, hash ? hash : hash_folded(dn));

	if (again)
		return again < 0 ? -1 : 0;
	if (!f.row || f.row->unplaced)
		c->out->counts.not_known++;
	else if (is_kept(f.row))
		c->out->counts.in_scope++;
	else
		return lose_outside(c, &c->out->counts.out_of_scope, dn, f);
	return 0;
}

/* ---- members of other forests ---- */

/* What follows VALUE in a DN that begins "CN=VALUE", however spaced. */
static const char *
after(const char *dn, const char *value)
{
	size_t len = strlen(value);

	if (strncmp(dn, "CN=", 3) != 0 && !dn_first_is(dn, "CN"))
		return NULL;
	for (dn = strchr(dn, '=') + 1; *dn == ' '; dn++)
		;
	return strncasecmp(dn, value, len) == 0 ? dn + len : NULL;
}

static bool
is_foreign(const char *dn)
{
	const char *end;

	if (!after(dn, "S-1-"))
		return false;
	end = after(dn_parent(dn), "ForeignSecurityPrincipals");
	return end && (!*end || strchr(" ,;", *end));
}

/* The SID that it is called by; false: the system's own, of no domain. */
static bool
sid_of(const char *dn, unsigned char *sid, size_t *len)
{
	static const char of_domain[] = "S-1-5-21-";
	struct buf text = { 0 };
	bool is;

	dn_first_value(&text, dn);
	is = strncasecmp(buf_text(&text), of_domain,
	                 sizeof(of_domain) - 1) == 0 &&
	     sid_parse(sid, len, buf_text(&text)) == 0;
	buf_release(&text);
	return is;
}

/* Whether the engine that reads the group reads the member, too. */
static bool
is_of_engine(const struct counting *c, const struct row *r)
{
	const struct domain *d = model_domain(c->m, r);

	return domains_forest(&c->m->domains, d)->policy->engine !=
	       ENGINE_CLOUD_SYNC;
}

static const char *
outside_reason(struct counting *c, struct scope_verdict place)
{
	const char *head = "the container ForeignSecurityPrincipals is out of "
		"scope: ";

	return arena_join(c->arena, head, strlen(head), place.reason);
}

/* A foreign security principal that is a member. */
struct foreigner {
	const char *dn;
	struct known_member who;
	struct scope_verdict place;  /* of the principal itself */
};

static int
count_placed(struct counting *c, const struct foreigner *f)
{
	const char *dn = f->dn;

	if (!f->who.row || f->who.row->unplaced) {
		c->out->counts.not_known++;
	} else if (!is_of_engine(c, f->who.row)) {
		lose(c, &c->out->counts.foreign, dn,
		     "its own forest is under Cloud Sync");
	} else if (!is_kept(f->who.row)) {
		return lose_outside(c, &c->out->counts.foreign, dn, f->who);
	} else {
		c->out->counts.in_scope++;
		c->out->across++;
	}
	return 0;
}

static int
count_foreigner(struct counting *c, const struct foreigner *f)
{
	if (model_policy(c->m, c->group)->engine == ENGINE_CLOUD_SYNC) {
		lose(c, &c->out->counts.foreign, f->dn,
		     "Cloud Sync carries no members of another forest");
		return 0;
	}
	if (f->place.state == SCOPE_IN)
		return count_placed(c, f);
	lose(c, &c->out->counts.foreign, f->dn, outside_reason(c, f->place));
	return 0;
}

/* Of several principals of one member, one in scope is enough. */
enum foreign_turn { TURN_PLACED, TURN_OUTSIDE, TURNS };

static int
count_foreign(struct counting *c, const char *dn, enum foreign_turn turn)
{
	struct object principal = { .side = SIDE_AD, .dn = dn };
	struct foreigner f = { .dn = dn };
	unsigned char sid[SID_BYTES];
	uint64_t hash;
	size_t len;
	int again;

	if (!sid_of(dn, sid, &len))
		return 0;
	f.place = container_place(fetch_containers(c->fetch), &principal);
	if ((f.place.state == SCOPE_IN) != (turn == TURN_PLACED))
		return 0;
	hash = hash_bytes(sid, len);
	f.who = find(c->m, &c->m->by_sid, hash);
	again = is_repeat(c, f.who, hash);
	return again < 0 ? -1 : again ? 0 : count_foreigner(c, &f);
}

/* ---- all of them ---- */

/* Puts those by their own name first, in their order, and counts them. */
static size_t
part(const char **dns, size_t n, struct arena *a)
{
	const char **foreign = arena_alloc(a, n * sizeof(*foreign));
	size_t own = 0, others = 0;

	for (size_t i = 0; i < n; i++)
		if (is_foreign(dns[i]))
			foreign[others++] = dns[i];
		else
			dns[own++] = dns[i];
	if (others)
		memcpy(dns + own, foreign, others * sizeof(*foreign));
	return own;
}

/* Who is there by his own name is no foreigner. */
static int
count_all(struct counting *c, const char **dns, size_t n)
{
	size_t own = part(dns, n, c->arena);
	int rc = 0;

	c->has_foreign = own < n;
	for (size_t i = 0; i < own && rc == 0; i++)
		rc = count_own(c, dns[i]);
	for (enum foreign_turn turn = 0; turn < TURNS; turn++)
		for (size_t i = own; i < n && rc == 0; i++)
			rc = count_foreign(c, dns[i], turn);
	return rc;
}

int
members_count(const struct model *m, struct fetch *f, struct object *o,
              find_stander *stander, struct arena *a, struct err *err)
{
	struct counting c = {
		.m = m, .fetch = f, .group = o, .arena = a, .err = err,
		.stander = stander,
	};
	const char **dns;
	size_t n;

	if (o->kind != KIND_GROUP || o->scope.state != SCOPE_IN ||
	    !o->ad.member_count || !m->by_dn.built ||
	    attr_set_has(&o->unclear, ATTR_MEMBER))
		return 0;
	c.out = arena_alloc(a, sizeof(*c.out));
	*c.out = (struct members){ 0 };
	dns = arena_alloc(a, o->ad.member_count * sizeof(*dns));
	n = member_list_read(o, dns);
	c.counted = counted_new(a, n);
	o->links.members = c.out;
	return count_all(&c, dns, n);
}
