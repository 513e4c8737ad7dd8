/* Finds equal values by fingerprints, and compares what stands behind them. */
#include "analyze/rules/idfix_holders.h"

#include <stdlib.h>
#include <string.h>

#include "analyze/model/model.h"
#include "analyze/rules/in_use.h"
#include "base/buf.h"
#include "base/dn.h"
#include "base/err.h"
#include "base/hash.h"
#include "base/mem.h"
#include "base/utf8.h"

struct idfix_holders {
	struct keys keys;
};

struct holder_scan {
	struct scan scan;
	struct idfix_holders *to;
	struct key_list *lanes;
};

size_t
idfix_count(const struct object *o, enum idfix_attribute of)
{
	return of == IDFIX_PROXIES ? o->proxy_count : 1;
}

const char *
idfix_value_of(const struct object *o, enum idfix_attribute of, size_t i)
{
	const char *value = NULL;

	switch (of) {
	case IDFIX_PROXIES:
		return *o->proxies[i] ? o->proxies[i] : NULL;
	case IDFIX_DISPLAY_NAME:
		value = o->display_name;
		break;
	case IDFIX_GIVEN_NAME:
		value = o->given_name;
		break;
	case IDFIX_MAIL:
		value = o->mail;
		break;
	case IDFIX_NICKNAME:
		value = o->mail_nickname;
		break;
	case IDFIX_SAM:
		value = o->sam;
		break;
	case IDFIX_TARGET:
		value = o->target;
		break;
	case IDFIX_UPN:
		value = o->upn;
		break;
	default:
		break;
	}
	return value && *value ? value : NULL;
}

/* Whether values of O are compared: account names only without a UPN. */
static bool
is_compared(const struct object *o, enum idfix_attribute of)
{
	return of >= IDFIX_MAIL && (of != IDFIX_SAM || !o->upn || !*o->upn);
}

/* What is compared of value number I, folded, into OUT; false: nothing is. */
static bool
key_of(const struct object *o, enum idfix_attribute of, size_t i,
       struct buf *out)
{
	const char *value = is_compared(o, of) ? idfix_value_of(o, of, i)
	                                       : NULL;
	struct idfix_value v;
	size_t at = 0;
	bool any;

	buf_clear(out);
	if (!value)
		return false;
	idfix_begin(&v, o, of, value);
	any = idfix_next(&v, &at) && v.now.len;
	if (any)
		utf8_fold_alike(out, v.now.data);
	idfix_release(&v);
	return any && out->len;
}

/* Of different spaces they differ. */
static uint64_t
hash_of(enum idfix_attribute of, const struct buf *key)
{
	return hash_bytes(key->data, key->len) * (2 * (uint64_t)of + 1);
}

static long
row_at(const struct table *t, uint64_t place)
{
	size_t from = 0, to = t->count;

	while (from < to) {
		size_t mid = from + (to - from) / 2;

		if (t->rows[mid].place < place)
			from = mid + 1;
		else
			to = mid;
	}
	return from < t->count && t->rows[from].place == place ? (long)from
	                                                       : -1;
}

static void
note_all(struct key_list *l, const struct object *o, enum section s,
         uint32_t row)
{
	struct buf key = { 0 };

	for (int a = IDFIX_MAIL; a < IDFIX_ATTRIBUTES; a++) {
		enum idfix_attribute of = (enum idfix_attribute)a;

		for (size_t i = 0; i < idfix_count(o, of); i++)
			if (key_of(o, of, i, &key))
				key_list_add(l, (struct key){
					.hash = hash_of(of, &key), .row = row,
					.section = (uint32_t)s,
				});
	}
	buf_release(&key);
}

static int
each(struct scan *s, unsigned lane, struct object *o, const struct seen *at)
{
	struct holder_scan *h = (struct holder_scan *)s;
	struct scan_lane *l = &s->lanes[lane];
	long i = row_at(s->table, at->place);

	if (i < 0 || s->table->rows[i].merged)
		return 0;
	if (s->table->rows[i].completed &&
	    fetch_supplements(l->fetch, s->section, (uint32_t)i, &l->arena, o,
	                      &l->err) < 0)
		return -1;
	if (!idfix_skips(o))
		note_all(&h->lanes[lane], o, s->section, (uint32_t)i);
	return 0;
}

static void
take(struct scan *s, unsigned lane, size_t piece)
{
	struct holder_scan *h = (struct holder_scan *)s;

	(void)piece;
	keys_take(&h->to->keys, &h->lanes[lane], 0);
}

static int
go_through(struct idfix_holders *to, const struct model *m, enum section s,
           struct err *err)
{
	unsigned lanes = crew_lanes(m->jobs);
	struct holder_scan h = {
		.scan = { .m = m, .table = &m->tables[s], .section = s,
		          .each = each, .take = take },
		.to = to, .lanes = xcalloc(lanes, sizeof(*h.lanes)),
	};
	int rc = scan_run(&h.scan, err);

	for (unsigned i = 0; i < lanes; i++)
		key_list_release(&h.lanes[i]);
	free(h.lanes);
	return rc;
}

struct idfix_holders *
idfix_holders_new(const struct model *m, struct err *err)
{
	static const enum section sections[] = {
		AD_USERS, AD_GROUPS, AD_CONTACTS
	};
	struct idfix_holders *h = xcalloc(1, sizeof(*h));

	for (size_t i = 0; i < sizeof(sections) / sizeof(sections[0]); i++)
		if (m->tables[sections[i]].file_count &&
		    go_through(h, m, sections[i], err) < 0) {
			idfix_holders_free(h);
			return NULL;
		}
	keys_build(&h->keys, m->jobs);
	return h;
}

void
idfix_holders_free(struct idfix_holders *h)
{
	if (h)
		keys_release(&h->keys);
	free(h);
}

/* Whether the key is O's own; equal names alone do not make it so. */
static bool
is_itself(const struct object *o, const struct key *k,
          const struct object *other)
{
	if (o->row)
		return o->section == (enum section)k->section &&
		       o->row == k->row + 1;
	if (o->has_guid && other->has_guid)
		return memcmp(&o->guid, &other->guid, sizeof(o->guid)) == 0 &&
		       o->domain == other->domain;
	return dn_same(o->dn, other->dn);
}

static bool
has_key(const struct object *o, enum idfix_attribute of, const char *key)
{
	struct buf theirs = { 0 };
	bool found = false;

	for (size_t i = 0; i < idfix_count(o, of) && !found; i++)
		found = key_of(o, of, i, &theirs) &&
		        strcmp(buf_text(&theirs), key) == 0;
	buf_release(&theirs);
	return found;
}

/* Reads who is behind the key; NULL: his value is another one. */
static const struct object *
read_holder(struct reading *r, const struct key *k,
            const struct idfix_value *v, const char *key)
{
	struct object *other = arena_alloc(r->arena, sizeof(*other));

	if (fetch_object(r->fetch, (enum section)k->section, k->row, r->arena,
	                 other, r->err) < 0) {
		r->failed = true;
		return NULL;
	}
	return has_key(other, v->of, key) ? other : NULL;
}

static struct idfix_found
look_up(const struct idfix_holders *h, struct reading *r,
        const struct idfix_value *v, const struct buf *key)
{
	uint64_t hash = hash_of(v->of, key);
	struct idfix_found out = { .is_first = true };
	bool met = false;
	const struct key *end, *k = keys_find(&h->keys, hash, &end);

	for (; k < end && !r->failed && !out.several; k++) {
		const struct object *other = k->hash == hash
			? read_holder(r, k, v, key->data) : NULL;

		if (!other)
			continue;
		if (is_itself(v->o, k, other)) {
			met = true;
			continue;
		}
		out.is_first = out.is_first && met;
		out.several = out.other != NULL;
		if (!out.other)
			out.other = other;
	}
	return out;
}

struct idfix_found
idfix_holders_find(const struct idfix_holders *h, struct reading *r,
                   const struct idfix_value *v)
{
	struct idfix_found out = { 0 };
	struct buf key = { 0 };

	if (is_compared(v->o, v->of) && v->now.len) {
		utf8_fold_alike(&key, v->now.data);
		/* What has nothing but what nobody sees is like no other. */
		if (key.len)
			out = look_up(h, r, v, &key);
	}
	buf_release(&key);
	return out;
}

bool
idfix_is_repeated(const struct idfix_value *v)
{
	struct buf own = { 0 }, earlier = { 0 };
	bool found = false;

	if (v->now.len && is_compared(v->o, v->of))
		utf8_fold_alike(&own, v->now.data);
	for (size_t i = 0; own.len && !found && i < idfix_count(v->o, v->of) &&
	     idfix_value_of(v->o, v->of, i) != v->was; i++)
		found = key_of(v->o, v->of, i, &earlier) &&
		        strcmp(buf_text(&earlier), own.data) == 0;
	buf_release(&own);
	buf_release(&earlier);
	return found;
}
