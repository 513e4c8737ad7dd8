/* Who else has what might be proposed. */
#include "analyze/rules/in_use.h"

#include <string.h>

#include "analyze/model/model.h"
#include "analyze/object/object.h"
#include "base/buf.h"
#include "base/utf8.h"

/* Who holds something: an object of AD, or an account that none has. */
static struct key
holder_of(const struct model *m, struct key k)
{
	const struct row *r = &m->tables[k.section].rows[k.row];

	if (r->merged) {
		k.row = r->twin - 1;
		r = &m->tables[k.section].rows[k.row];
	}
	if (section_side((enum section)k.section) == SIDE_TENANT && r->twin) {
		k.row = r->twin - 1;
		k.section = (uint32_t)section_of(SIDE_AD, section_kind(
			(enum section)k.section));
	}
	return k;
}

/* Whether O is the key's; a GUID tells that of what was read otherwise. */
static bool
is_row_of(const struct model *m, struct key k, const struct object *o)
{
	const struct row *r = &m->tables[k.section].rows[k.row];

	if (o->row && o->section == (enum section)k.section &&
	    o->row == k.row + 1)
		return true;
	return r->has_guid && o->has_guid &&
	       memcmp(&r->guid, &o->guid, sizeof(o->guid)) == 0 &&
	       (!o->domain || !r->domain || r->domain == o->domain->index + 1);
}

static const struct object *
read_other(struct reading *r, const struct key *k)
{
	enum section s = (enum section)k->section;
	struct object *other = arena_alloc(r->arena, sizeof(*other));

	if (fetch_object(r->fetch, s, k->row, r->arena, other, r->err) < 0) {
		r->failed = true;
		return NULL;
	}
	if (s != AD_OTHER && section_side(s) == SIDE_AD)
		model_links(r->m, &r->m->tables[s].rows[k->row], s,
		            &other->links);
	return other;
}

bool
in_use_is_one(const struct model *m, const struct object *o,
              const struct object *other)
{
	if (object_may_be_one(o, other) ||
	    linked_mailbox_is_master(o, other) ||
	    linked_mailbox_is_master(other, o))
		return true;
	return o->scope.state == SCOPE_IN && other->scope.state == SCOPE_IN &&
	       joined_pair(m, o, other) != JOINED_BY_NOTHING;
}

/* The object in AD of the key, if it is another one than O. */
static const struct object *
other_in_ad(struct reading *r, const struct object *o, const struct key *k)
{
	const struct object *other;

	if (is_row_of(r->m, *k, o))
		return NULL;
	other = read_other(r, k);
	if (!other || (!r->apart && k->section != AD_OTHER &&
	               in_use_is_one(r->m, o, other)))
		return NULL;
	return other;
}

static bool
has_itself(const struct object *o, const char *address)
{
	const char *names[] = { o->mail, o->upn };

	for (size_t i = 0; i < sizeof(names) / sizeof(names[0]); i++)
		if (names[i] && utf8_same_folded(names[i], address))
			return true;
	return object_lists(o, address);
}

/* Whether the account, which no object of AD has, is nobody's but O's. */
static bool
is_own_account(const struct object *o, const struct account *account,
               const char *address)
{
	if (account == o->links.account || account == o->links.restorable)
		return true;
	return account && account->open && o->links.is_open &&
	       has_itself(o, address);
}

static bool
is_other(struct reading *r, const struct object *o, const struct key *k,
         const char *address)
{
	const struct key at = holder_of(r->m, *k);

	if (section_side((enum section)at.section) == SIDE_AD)
		return other_in_ad(r, o, &at) != NULL;
	return !is_own_account(o, r->m->tables[at.section].rows[at.row].account,
	                       address);
}

/* An object had it that is none of the present. */
static bool
is_nobodys(const struct key *k)
{
	return k->section == SECTION_COUNT;
}

static bool
counts(const struct reading *r, const struct key *k)
{
	return !r->ad_alone || (!is_nobodys(k) && section_side(
		(enum section)k->section) == SIDE_AD);
}

bool
in_use_as(struct reading *r, const struct object *o, enum unique kind,
          const char *address)
{
	uint64_t hash = unique_hash(kind, address);

	for (int i = 0; i < IN_USE_COUNT; i++) {
		const struct key *end, *k = keys_find(&r->m->in_use[i], hash,
		                                      &end);

		for (; k < end; k++)
			if (k->hash == hash && counts(r, k) &&
			    (is_nobodys(k) || is_other(r, o, k, address)))
				return true;
	}
	return false;
}

bool
in_use_by_other(struct reading *r, const struct object *o, const char *address)
{
	return in_use_as(r, o, UNIQUE_ADDRESS, address) ||
	       in_use_as(r, o, UNIQUE_UPN, address);
}

static bool
is_among(const struct key *keys, size_t n, struct key at)
{
	for (size_t i = 0; i < n; i++)
		if (keys[i].row == at.row && keys[i].section == at.section)
			return true;
	return false;
}

void
in_use_walk(struct owner_walk *w, const struct object *o, const char *value)
{
	bool has_prefix = address_type(value) != ADDRESS_MALFORMED;

	*w = (struct owner_walk){
		.o = o, .hashes = {
			unique_hash(has_prefix ? UNIQUE_PROXY : UNIQUE_ADDRESS,
			            value),
			unique_hash(UNIQUE_UPN, address_body(value)),
		},
	};
}

/* Goes on to the next list; false: there is none. */
static bool
next_list(const struct model *m, struct owner_walk *w)
{
	/* Those who had it once own nothing, and may have no row. */
	static const enum in_use places[] = {
		IN_USE_CLAIMED, IN_USE_HELD, IN_USE_BESIDE
	};

	if (w->list == 2 * sizeof(places) / sizeof(places[0]))
		return false;
	w->at = keys_find(&m->in_use[places[w->list / 2]],
	                  w->hashes[w->list % 2], &w->end);
	w->list++;
	return true;
}

/* Notes whom it has met, so that he is met once. */
static bool
is_new(struct reading *r, struct owner_walk *w, struct key at)
{
	struct key *more;

	if (is_among(w->met, w->met_count, at))
		return false;
	if (w->met_count == w->met_room) {
		w->met_room = w->met_room ? 2 * w->met_room : 16;
		more = arena_alloc(r->arena, w->met_room * sizeof(*more));
		if (w->met_count)
			memcpy(more, w->met, w->met_count * sizeof(*more));
		w->met = more;
	}
	w->met[w->met_count++] = at;
	return true;
}

static bool
is_owner(struct reading *r, struct owner_walk *w, const struct key *k,
         struct key *out)
{
	if (k->hash != w->hashes[(w->list - 1) % 2] || is_nobodys(k) ||
	    k->section == TENANT_DELETED_USERS)
		return false;
	*out = holder_of(r->m, *k);
	return section_side((enum section)out->section) == SIDE_AD &&
	       !is_row_of(r->m, *out, w->o) && is_new(r, w, *out);
}

bool
in_use_next_owner(struct reading *r, struct owner_walk *w, struct key *out)
{
	do {
		while (w->at < w->end)
			if (is_owner(r, w, w->at++, out))
				return true;
	} while (next_list(r->m, w));
	return false;
}

/* Whether Exchange calls it that, which is as good as an X500 address. */
static bool
is_called(const struct object *o, const char *value)
{
	return o->ad.legacy_dn && address_type(value) == ADDRESS_OTHER &&
	       utf8_same_folded(o->ad.legacy_dn, address_body(value));
}

/* Whether what was read has the value, as sync or the tenant holds it. */
static bool
has_value(const struct object *o, const char *value)
{
	return object_has_address(o, value) || is_called(o, value) ||
	       has_itself(o, address_body(value));
}

/* The object of the key, if it is neither O nor of its AD object. */
static const struct object *
who_is(struct reading *r, const struct object *o, const struct key *k,
       enum alive of)
{
	const struct key at = holder_of(r->m, *k);

	if ((k->section == TENANT_DELETED_USERS) != (of == HOLDERS_DELETED) ||
	    is_row_of(r->m, *k, o) || is_row_of(r->m, at, o) ||
	    (o->links.twin && is_row_of(r->m, at, o->links.twin)))
		return NULL;
	return read_other(r, k);
}

static const struct object *
find_holder(struct reading *r, const struct object *o, enum in_use where,
            uint64_t hash, const char *value, enum alive of)
{
	const struct key *end, *k = keys_find(&r->m->in_use[where], hash,
	                                      &end);

	for (; k < end && !r->failed; k++) {
		const struct object *other = k->hash == hash
			? who_is(r, o, k, of) : NULL;

		if (other && has_value(other, value))
			return other;
	}
	return NULL;
}

const struct object *
in_use_who_has(struct reading *r, const struct object *o, const char *value,
               enum alive of)
{
	static const enum in_use places[] = {
		IN_USE_HELD, IN_USE_CLAIMED, IN_USE_BESIDE
	};
	bool has_prefix = address_type(value) != ADDRESS_MALFORMED;
	uint64_t hashes[] = {
		unique_hash(has_prefix ? UNIQUE_PROXY : UNIQUE_ADDRESS, value),
		unique_hash(UNIQUE_UPN, address_body(value)),
	};
	const struct object *other = NULL;

	for (size_t i = 0; i < 3 && !other; i++)
		for (size_t h = 0; h < 2 && !other; h++)
			other = find_holder(r, o, places[i], hashes[h], value,
			                    of);
	return other;
}

/* By their GUIDs; without any, nobody knows who comes first. */
static bool
comes_first(const struct row *r, const struct object *o)
{
	return !r->has_guid || !o->has_guid ||
	       memcmp(&r->guid, &o->guid, sizeof(o->guid)) <= 0;
}

/* Whether others of its domain may be proposed an address in DOMAIN. */
static bool
may_have_mail_in(const struct model *m, const struct row *r,
                 const char *domain)
{
	const char *most = mail_domains_most_used(m, r->domain);

	return !most || utf8_same_domain(most, domain);
}

static const struct object *
namesake_of(struct reading *r, const struct object *o, const struct key *k,
            const char *domain)
{
	const struct key at = holder_of(r->m, *k);
	const struct row *row = &r->m->tables[at.section].rows[at.row];
	const struct object *other;

	if (!comes_first(row, o) || !may_have_mail_in(r->m, row, domain))
		return NULL;
	other = other_in_ad(r, o, &at);
	return other && other->sam && utf8_same_folded(other->sam, o->sam)
		? other : NULL;
}

const struct object *
in_use_namesake(struct reading *r, const struct object *o, const char *domain,
                size_t *at)
{
	uint64_t hash = o->sam ? unique_hash(UNIQUE_SAM, o->sam) : 0;
	const struct key *end, *k = keys_find(&r->m->in_use[IN_USE_NAMES],
	                                      hash, &end);

	for (; k + *at < end; ) {
		const struct key *one = k + (*at)++;
		const struct object *other = one->hash == hash
			? namesake_of(r, o, one, domain) : NULL;

		if (other)
			return other;
	}
	return NULL;
}

/* Whether all that the section has was read, and their addresses. */
static bool
is_read(const struct model *m, enum section s)
{
	static const enum attr names[] = { ATTR_PROXIES, ATTR_MAIL, ATTR_UPN };

	if (!model_complete(m, s))
		return false;
	for (size_t i = 0; model_lines(m, s) && i < sizeof(names) /
	     sizeof(names[0]); i++)
		if (!model_covers(m, s, names[i]) && (names[i] != ATTR_UPN ||
		    section_kind(s) == KIND_USER))
			return false;
	return true;
}

const char *
in_use_unread(const struct model *m, enum asked_of of, struct arena *a)
{
	static const enum section holders[] = {
		AD_USERS, AD_GROUPS, AD_CONTACTS,
		TENANT_USERS, TENANT_GROUPS, TENANT_CONTACTS,
	};
	struct buf names = { 0 };
	const char *out;

	for (size_t i = 0; i < sizeof(holders) / sizeof(holders[0]); i++)
		if ((of == ASKED_OF_ALL || m->tenant ||
		     section_side(holders[i]) == SIDE_AD) &&
		    !is_read(m, holders[i]))
			buf_addf(&names, "%s%s", names.len ? ", " : "",
			         section_title(holders[i]));
	out = names.len ? arena_strdup(a, names.data) : NULL;
	buf_release(&names);
	return out;
}
