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

void
twin_note(struct key_list lists[TWIN_WAYS], enum section s,
          struct containers *cs, const struct object *o, uint32_t row)
{
	struct guid anchor;
	uint64_t dn;

	if (object_immutable_guid(o, &anchor))
		note(&lists[TWIN_ANCHOR], hash_bytes(&anchor, sizeof(anchor)),
		     row);
	if (o->tenant.sync_sid)
		note(&lists[TWIN_SID], hash_text(o->tenant.sync_sid), row);
	/* Graph gives contacts neither: they are joined on their addresses. */
	if (o->kind == KIND_CONTACT)
		note_addresses(&lists[TWIN_MAIL], o, row);
	if (s == TENANT_DELETED_USERS)
		note_former(&lists[TWIN_FORMER], o, row);
	/*
	 * An object that names its anchor is found by it or by its SID; only
	 * one that does not may be taken for an object of the same name.
	 */
	if (o->tenant.immutable_id || o->tenant.sync_sid)
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
	struct ad_names names;       /* it is known in the tenant by these */
	const char *address;         /* the one that is looked for */
};

static bool
same_account(const struct asked *q, const struct object *found)
{
	const char *domain = container_of(fetch_containers(q->fetch),
	                                  q->names.dn)->domain;

	return found->tenant.sync_domain && found->sam && q->names.sam &&
	       utf8_same_folded(found->sam, q->names.sam) &&
	       utf8_same_folded(found->tenant.sync_domain, domain);
}

static bool
is_called(const char *name, const char *other)
{
	return name && utf8_same_folded(name, other);
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
		return has_address(found, q->address);
	case TWIN_FORMER:
		return same_account(q, found) || (q->o->upn &&
			(is_called(found->tenant.sync_upn, q->o->upn) ||
			 is_called(found->upn ? former_name(found->upn) : NULL,
			           q->o->upn)));
	default:
		return false;
	}
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
		if (rc == 0 && is_it(q, way, &found))
			*row = k->row + 1;
		arena_release(&scratch);
	}
	return rc;
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

	q->address = q->names.mail;
	if (q->address)
		rc = find(q, TWIN_MAIL, hash_folded(q->address), row, err);
	for (size_t i = 0; i < o->proxy_count && !*row && rc == 0; i++) {
		if (address_type(o->proxies[i]) > ADDRESS_SECONDARY)
			continue;
		q->address = address_body(o->proxies[i]);
		rc = find(q, TWIN_MAIL, hash_folded(q->address), row, err);
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
	if (!*row && ways[TWIN_DN].count) {
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
          const struct object *o, row_id *row, enum how *how,
          struct err *err)
{
	struct asked q = {
		.twins = j, .fetch = f, .table = fetch_table(f, tenant),
		.section = tenant, .o = o, .names = object_names(o),
	};
	const enum anchor anchor = fetch_policy(f)->anchor;

	*row = 0;
	*how = HOW_NOT;
	if (!q.table->count)
		return 0;
	if (o->ad.has_consistency_guid && anchor != ANCHOR_OBJECT_GUID)
		*row = by_anchor(&q, &o->ad.consistency_guid);
	/* Who is known to have another anchor is not matched by this one. */
	if (!*row && o->has_guid && (anchor != ANCHOR_CONSISTENCY_GUID ||
	                             !o->ad.has_consistency_guid))
		*row = by_anchor(&q, &o->guid);
	*how = *row ? HOW_ANCHOR : HOW_NAMES;
	if (!*row && by_names(&q, row, err) < 0)
		return -1;
	if (!*row)
		*how = HOW_NOT;
	/* A line that only completes another object leads to that one. */
	if (*row && q.table->rows[*row - 1].merged)
		*row = q.table->rows[*row - 1].twin;
	return 0;
}
