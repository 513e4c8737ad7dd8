/* Joining AD objects and tenant objects. */
#include "analyze/load/twin.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "analyze/object/object.h"
#include "analyze/policy/policy.h"
#include "analyze/scope/scope.h"
#include "base/buf.h"
#include "base/dn.h"
#include "base/sid.h"
#include "base/utf8.h"

/* "corp.example\name": an account name is unique in its domain. */
static uint64_t
account_hash(const char *domain, const char *sam)
{
	struct buf key = { 0 };
	uint64_t hash;

	buf_addf(&key, "%s\\%s", domain, sam);
	hash = hash_folded(key.data);
	buf_release(&key);
	return hash;
}

static void
note(struct key_list *l, uint64_t hash, uint32_t row)
{
	key_list_add(l, (struct key){ .hash = hash, .row = row });
}

static bool
is_called(const char *name, const char *other)
{
	return name && utf8_same_folded(name, other);
}

static void
note_addresses(struct key_list *l, const struct object *o, uint32_t row)
{
	if (o->mail)
		note(l, hash_folded(o->mail), row);
	for (size_t i = 0; i < o->proxy_count; i++)
		if (address_type(o->proxies[i]) <= ADDRESS_SECONDARY)
			note(l, hash_folded(address_body(o->proxies[i])), row);
}

/* A deleted user's name has his id before it, as 32 digits. */
static const char *
former_name(const char *upn)
{
	enum { DIGITS = 32 };

	return strspn(upn, "0123456789abcdefABCDEF") >= DIGITS &&
	       upn[DIGITS] != '@' ? upn + DIGITS : upn;
}

static void
note_former(struct key_list *l, const struct object *o, uint32_t row)
{
	if (o->upn)
		note(l, hash_folded(former_name(o->upn)), row);
	if (o->tenant.sync_upn)
		note(l, hash_folded(o->tenant.sync_upn), row);
	if (o->tenant.sync_domain && o->sam)
		note(l, account_hash(o->tenant.sync_domain, o->sam), row);
}

/* Also of objects that have keys: a name that two have is nobody's. */
static void
note_names(struct key_list lists[TWIN_WAYS], const struct object *o,
           uint32_t row)
{
	const char *primary = object_address(o);

	if (o->upn && o->kind == KIND_USER)
		note(&lists[TWIN_NAME_UPN], hash_folded(o->upn), row);
	if (o->tenant.sync_upn && !is_called(o->upn, o->tenant.sync_upn))
		note(&lists[TWIN_NAME_UPN], hash_folded(o->tenant.sync_upn),
		     row);
	if (primary)
		note(&lists[TWIN_NAME_PRIMARY], hash_folded(primary), row);
	if (o->mail)
		note(&lists[TWIN_NAME_MAIL], hash_folded(o->mail), row);
}

void
twin_note(struct key_list lists[TWIN_WAYS], const struct model *m,
          enum section s, struct containers *cs, const struct object *o,
          const struct guid *anchor, uint32_t row)
{
	const struct joins *j = &m->joins[s];
	uint64_t dn;

	if (anchor)
		note(&lists[TWIN_ANCHOR], hash_bytes(anchor, sizeof(*anchor)),
		     row);
	if (o->tenant.sync_sid)
		note(&lists[TWIN_SID], hash_text(o->tenant.sync_sid), row);
	/* Graph gives contacts neither: they are joined on their addresses. */
	if (o->kind == KIND_CONTACT)
		note_addresses(&lists[TWIN_MAIL], o, row);
	if (s == TENANT_DELETED_USERS)
		note_former(&lists[TWIN_FORMER], o, row);
	if (j->by_name || (j->tells && o->links.is_open &&
	                   (s == TENANT_USERS || s == TENANT_GROUPS)))
		note_names(lists, o, row);
	/*
	 * An object that names its anchor is found by it or by its SID; only
	 * one that does not may be taken for an object of the same name.
	 */
	if (!j->matter || joins_is_placed(j, o))
		return;
	dn = o->dn ? container_dn_hash(cs, o->dn) : 0;
	if (dn)
		note(&lists[TWIN_DN], dn, row);
	if (o->tenant.sync_domain && o->sam)
		note(&lists[TWIN_ACCOUNT_NAME],
		     account_hash(o->tenant.sync_domain, o->sam), row);
}

/* One question: which tenant object has VALUE, by one of the ways. */
struct asked {
	const struct twin_ways *twins;
	struct fetch *fetch;
	const struct table *table;
	enum section section;
	const struct object *o;
	const struct row *row;       /* of O */
	struct ad_names names;       /* it is known in the tenant by these */
	const char *name;            /* the address or name looked for */
	bool parted;                 /* one that is not O's for all that */
};

/* That of the object at hand; NULL: not known. */
static const char *
domain_of(const struct asked *q)
{
	return q->names.dn ? container_of(fetch_containers(q->fetch),
	                                  q->names.dn)->domain : NULL;
}

static bool
same_account(const struct asked *q, const struct object *found)
{
	const char *domain = domain_of(q);

	return domain && found->tenant.sync_domain && found->sam &&
	       q->names.sam && utf8_same_folded(found->sam, q->names.sam) &&
	       utf8_same_folded(found->tenant.sync_domain, domain);
}

static bool
has_address(const struct object *o, const char *address)
{
	if (is_called(o->mail, address))
		return true;
	for (size_t i = 0; i < o->proxy_count; i++)
		if (address_type(o->proxies[i]) <= ADDRESS_SECONDARY &&
		    is_called(address_body(o->proxies[i]), address))
			return true;
	return false;
}

static bool
is_it(const struct asked *q, enum twin_way way, const struct object *found)
{
	char sid[SID_TEXT];

	switch (way) {
	case TWIN_SID:
		sid_format(q->o->ad.sid, q->o->ad.sid_len, sid);
		return found->tenant.sync_sid &&
		       strcmp(found->tenant.sync_sid, sid) == 0;
	case TWIN_DN:
		return dn_same(found->dn, q->names.dn);
	case TWIN_ACCOUNT_NAME:
		return same_account(q, found);
	case TWIN_MAIL:
		return has_address(found, q->name);
	case TWIN_FORMER:
		return same_account(q, found) || (q->o->upn &&
			(is_called(found->tenant.sync_upn, q->o->upn) ||
			 is_called(found->upn ? former_name(found->upn) : NULL,
			           q->o->upn)));
	case TWIN_NAME_UPN:
		return is_called(found->upn, q->name) ||
		       is_called(found->tenant.sync_upn, q->name);
	case TWIN_NAME_PRIMARY:
		return is_called(object_address(found), q->name);
	case TWIN_NAME_MAIL:
		return is_called(found->mail, q->name);
	default:
		return false;
	}
}

/* The row that a row stands for. */
static row_id
whole(const struct asked *q, uint32_t row)
{
	const struct row *r = &q->table->rows[row];

	return r->merged ? r->twin : row + 1;
}

/* It has the SID or DN of O, but only an anchor would make it O's. */
static bool
is_parted(struct asked *q, enum twin_way way, uint32_t row)
{
	const struct account *h = q->table->rows[whole(q, row) - 1].account;

	if (way > TWIN_ACCOUNT_NAME || !h || !h->parted ||
	    (h->anchored && !q->o->has_guid) ||
	    authority_is_cloud(fetch_model(q->fetch), q->o, h))
		return false;
	q->parted = true;
	return true;
}

/* Looks at what stands behind the fingerprints, for real. */
static int
find(struct asked *q, enum twin_way way, uint64_t hash, row_id *row,
     struct err *err)
{
	const struct key *end, *k = keys_find(&q->twins->ways[way], hash, &end);
	int rc = 0;

	for (; k < end && !*row && rc == 0; k++) {
		struct arena scratch = { 0 };
		struct object found;

		if (k->hash != hash)
			continue;
		rc = fetch_object(q->fetch, q->section, k->row, &scratch,
		                  &found, err);
		if (rc == 0 && is_it(q, way, &found) &&
		    !is_parted(q, way, k->row))
			*row = k->row + 1;
		arena_release(&scratch);
	}
	return rc;
}

/* What is known of the account names another object of AD. */
static bool
contradicts(const struct asked *q, const struct object *found)
{
	const char *domain = domain_of(q);

	return (found->tenant.sync_sid && q->o->ad.sid &&
	        !is_it(q, TWIN_SID, found)) ||
	       (found->sam && q->names.sam &&
	        !utf8_same_folded(found->sam, q->names.sam)) ||
	       (found->tenant.sync_domain && domain &&
	        !utf8_same_folded(found->tenant.sync_domain, domain));
}

/* The one open account that is called so; of two, neither. */
static int
find_called(struct asked *q, enum twin_way way, const char *name, row_id *row,
            bool *stop, struct err *err)
{
	uint64_t hash = name ? hash_folded(name) : 0;
	const struct key *end, *k = keys_find(&q->twins->ways[way], hash, &end);
	row_id first = 0;
	bool fits = false;
	int rc = 0;

	q->name = name;
	for (; name && k < end && rc == 0 && !*stop; k++) {
		struct arena scratch = { 0 };
		struct object found;

		if (k->hash != hash || whole(q, k->row) == first)
			continue;
		rc = fetch_object(q->fetch, q->section, whole(q, k->row) - 1,
		                  &scratch, &found, err);
		if (rc == 0 && is_it(q, way, &found)) {
			*stop = first != 0;
			first = whole(q, k->row);
			fits = !contradicts(q, &found);
		}
		arena_release(&scratch);
	}
	if (rc == 0 && !*stop && first && fits &&
	    joins_may_be_own(q->row,
	                     q->table->rows[first - 1].account))
		*row = first;
	return rc;
}

static int
by_called(struct asked *q, row_id *row, enum how *how, struct err *err)
{
	const struct {
		enum twin_way way;
		enum how how;
		const char *name;
	} names[] = {
		{ TWIN_NAME_UPN, HOW_NAME_UPN, q->names.upn },
		{ TWIN_NAME_PRIMARY, HOW_NAME_PRIMARY, q->names.primary },
		{ TWIN_NAME_MAIL, HOW_NAME_MAIL, q->names.mail },
	};
	bool stop = false;

	for (size_t i = 0; i < sizeof(names) / sizeof(names[0]) && !*row &&
	     !stop; i++) {
		*how = names[i].how;
		if (q->twins->ways[names[i].way].count &&
		    find_called(q, names[i].way, names[i].name, row, &stop,
		                err) < 0)
			return -1;
	}
	return 0;
}

static row_id
by_anchor(const struct asked *q, const struct guid *g)
{
	uint64_t hash = hash_bytes(g, sizeof(*g));
	const struct key *end, *k = keys_find(&q->twins->ways[TWIN_ANCHOR],
	                                      hash, &end);

	for (; k < end; k++)
		if (k->hash == hash &&
		    memcmp(&q->table->rows[k->row].guid, g, sizeof(*g)) == 0)
			return k->row + 1;
	return 0;
}

/* mail first; one whose mail has changed may still be known by another. */
static int
by_addresses(struct asked *q, row_id *row, struct err *err)
{
	const struct object *o = q->o;
	int rc = 0;

	q->name = q->names.mail;
	if (q->name)
		rc = find(q, TWIN_MAIL, hash_folded(q->name), row, err);
	for (size_t i = 0; i < o->proxy_count && !*row && rc == 0; i++) {
		if (address_type(o->proxies[i]) > ADDRESS_SECONDARY)
			continue;
		q->name = address_body(o->proxies[i]);
		rc = find(q, TWIN_MAIL, hash_folded(q->name), row, err);
	}
	return rc;
}

static int
by_names(struct asked *q, row_id *row, struct err *err)
{
	struct containers *cs = fetch_containers(q->fetch);
	const struct keys *ways = q->twins->ways;
	const struct ad_names *o = &q->names;
	char sid[SID_TEXT];
	uint64_t dn;

	if (ways[TWIN_SID].count && q->o->ad.sid) {
		sid_format(q->o->ad.sid, q->o->ad.sid_len, sid);
		if (find(q, TWIN_SID, hash_text(sid), row, err) < 0)
			return -1;
	}
	if (!*row && ways[TWIN_MAIL].count && by_addresses(q, row, err) < 0)
		return -1;
	/* An account name alone is one of several domains'. */
	if (*row || !o->dn)
		return 0;
	if (ways[TWIN_DN].count) {
		dn = container_dn_hash(cs, o->dn);
		if (dn && find(q, TWIN_DN, dn, row, err) < 0)
			return -1;
	}
	if (!*row && ways[TWIN_ACCOUNT_NAME].count && o->sam)
		return find(q, TWIN_ACCOUNT_NAME,
		            account_hash(container_of(cs, o->dn)->domain,
		                         o->sam), row, err);
	return 0;
}

int
twin_find_former(const struct twin_ways *j, struct fetch *f,
                 const struct object *o, row_id *row, struct err *err)
{
	struct asked q = {
		.twins = j, .fetch = f,
		.table = fetch_table(f, TENANT_DELETED_USERS),
		.section = TENANT_DELETED_USERS, .o = o,
		.names = object_names(o),
	};

	*row = 0;
	if (!j->ways[TWIN_FORMER].count)
		return 0;
	if (o->upn && find(&q, TWIN_FORMER, hash_folded(o->upn), row, err) < 0)
		return -1;
	if (*row || !o->sam || !o->dn)
		return 0;
	return find(&q, TWIN_FORMER,
	            account_hash(container_of(fetch_containers(f), o->dn)
	                         ->domain, o->sam), row, err);
}

void
twin_expect(const struct twin_ways *j, const struct object *o)
{
	const struct guid *g = o->ad.has_consistency_guid
		? &o->ad.consistency_guid : &o->guid;

	if (o->ad.has_consistency_guid || o->has_guid)
		keys_expect(&j->ways[TWIN_ANCHOR], hash_bytes(g, sizeof(*g)));
}

int
twin_find(const struct twin_ways *j, struct fetch *f, enum section tenant,
          const struct object *o, const struct row *ad,
          struct twin_found *out, struct err *err)
{
	struct asked q = {
		.twins = j, .fetch = f, .table = fetch_table(f, tenant),
		.section = tenant, .o = o, .row = ad,
		.names = object_names(o),
	};
	const enum anchor anchor = fetch_policy(f, o)->anchor;

	*out = (struct twin_found){ .how = HOW_NOT };
	if (!q.table->count)
		return 0;
	if (o->ad.has_consistency_guid && anchor != ANCHOR_OBJECT_GUID)
		out->row = by_anchor(&q, &o->ad.consistency_guid);
	/* Who is known to have another anchor is not matched by this one. */
	if (!out->row && o->has_guid && (anchor != ANCHOR_CONSISTENCY_GUID ||
	                                 !o->ad.has_consistency_guid))
		out->row = by_anchor(&q, &o->guid);
	out->how = out->row ? HOW_ANCHOR : HOW_NAMES;
	if (!out->row && by_names(&q, &out->row, err) < 0)
		return -1;
	if (!out->row && by_called(&q, &out->row, &out->how, err) < 0)
		return -1;
	if (!out->row)
		out->how = HOW_NOT;
	out->parted = q.parted;
	/* A line that only completes another object leads to that one. */
	if (out->row && q.table->rows[out->row - 1].merged)
		out->row = q.table->rows[out->row - 1].twin;
	return 0;
}
