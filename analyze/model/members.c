/*
 * What the tenant will have of a group's members: "Understanding Users, Groups,
 * and Contacts", section Groups; for Cloud Sync its supported topologies.
 */
#include "analyze/model/model.h"

#include <stdlib.h>
#include <string.h>
#include <strings.h>

#include "analyze/object/object.h"
#include "analyze/policy/policy.h"
#include "analyze/scope/scope.h"
#include "base/dn.h"
#include "base/hash.h"
#include "base/sid.h"
#include "base/utf8.h"

/* A group whose members are counted. */
struct counting {
	const struct model *m;
	struct fetch *fetch;
	const struct object *group;
	struct arena *arena;
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
	struct known_member f = find(c->m, &c->m->by_dn,
	                             container_dn_hash(cs, dn));

	if (f.row && f.section == AD_COMPUTERS)
		return 0;
	if (!f.row || f.row->unplaced)
		c->out->counts.not_known++;
	else if (is_kept(f.row))
		c->out->counts.in_scope++;
	else
		return lose_outside(c, &c->out->counts.out_of_scope, dn, f);
	return 0;
}

/* ---- members of other forests ---- */

static const char fsp_container[] = "CN=ForeignSecurityPrincipals";

static bool
is_foreign(const char *dn)
{
	const char *parent = dn_parent(dn);
	size_t len = sizeof(fsp_container) - 1;

	return strncasecmp(dn, "CN=S-1-", 7) == 0 &&
	       strncasecmp(parent, fsp_container, len) == 0 &&
	       (parent[len] == ',' || !parent[len]);
}

/* The SID that it is called by; false: the system's own, of no domain. */
static bool
sid_of(const char *dn, unsigned char *sid, size_t *len)
{
	static const char of_domain[] = "S-1-5-21-";
	char text[SID_TEXT];
	size_t n = dn_first_len(dn) - 3;

	if (n >= sizeof(text) ||
	    strncasecmp(dn + 3, of_domain, sizeof(of_domain) - 1) != 0)
		return false;
	memcpy(text, dn + 3, n);
	text[n] = '\0';
	return sid_parse(sid, len, text) == 0;
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

static int
count_by_sid(struct counting *c, const char *dn, const unsigned char *sid,
             size_t len)
{
	struct known_member f = find(c->m, &c->m->by_sid,
	                             hash_bytes(sid, len));

	if (!f.row || f.row->unplaced) {
		c->out->counts.not_known++;
	} else if (!is_of_engine(c, f.row)) {
		lose(c, &c->out->counts.foreign, dn,
		     "its own forest is under Cloud Sync");
	} else if (!is_kept(f.row)) {
		return lose_outside(c, &c->out->counts.foreign, dn, f);
	} else {
		c->out->counts.in_scope++;
	}
	return 0;
}

static int
count_foreign(struct counting *c, const char *dn)
{
	struct object principal = { .side = SIDE_AD, .dn = dn };
	unsigned char sid[SID_BYTES];
	struct scope_verdict place;
	size_t len;

	if (!sid_of(dn, sid, &len))
		return 0;
	if (model_policy(c->m, c->group)->engine == ENGINE_CLOUD_SYNC) {
		lose(c, &c->out->counts.foreign, dn,
		     "Cloud Sync carries no members of another forest");
		return 0;
	}
	place = container_place(fetch_containers(c->fetch), &principal);
	if (place.state == SCOPE_IN)
		return count_by_sid(c, dn, sid, len);
	lose(c, &c->out->counts.foreign, dn, outside_reason(c, place));
	return 0;
}

/* ---- all of them ---- */

static int
by_text(const void *a, const void *b)
{
	return ascii_casecmp(*(const char *const *)a, *(const char *const *)b);
}

/* Several lines may tell of the same ones. */
static size_t
drop_repeats(const char **dns, size_t n)
{
	size_t kept = 0;

	qsort(dns, n, sizeof(*dns), by_text);
	for (size_t i = 0; i < n; i++)
		if (!kept || ascii_casecmp(dns[kept - 1], dns[i]) != 0)
			dns[kept++] = dns[i];
	return kept;
}

static size_t
read_all(const struct object *o, struct arena *a, const char ***out)
{
	const char **dns = arena_alloc(a, o->ad.member_count * sizeof(*dns) +
	                               1);
	const struct member_list *l = o->ad.members;
	size_t n = 0;

	for (; l; l = l->next)
		n += pick_texts(&l->values, dns + n);
	*out = dns;
	return o->ad.members && o->ad.members->next ? drop_repeats(dns, n) : n;
}

int
members_count(const struct model *m, struct fetch *f, struct object *o,
              struct arena *a, struct err *err)
{
	struct counting c = { m, f, o, a, NULL, err };
	const char **dns;
	size_t n;
	int rc = 0;

	if (o->kind != KIND_GROUP || o->scope.state != SCOPE_IN ||
	    !o->ad.member_count || !m->by_dn.built ||
	    attr_set_has(&o->unclear, ATTR_MEMBER))
		return 0;
	c.out = arena_alloc(a, sizeof(*c.out));
	*c.out = (struct members){ 0 };
	n = read_all(o, a, &dns);
	for (size_t i = 0; i < n && rc == 0; i++)
		rc = is_foreign(dns[i]) ? count_foreign(&c, dns[i])
		                        : count_own(&c, dns[i]);
	o->links.members = c.out;
	return rc;
}
