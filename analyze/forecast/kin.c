/* Kin. */
#include "analyze/forecast/kin.h"

#include <string.h>

#include "analyze/forecast/match.h"
#include "analyze/object/claim.h"
#include "analyze/policy/policy.h"
#include "analyze/rules/assess.h"
#include "base/base64.h"
#include "base/buf.h"
#include "base/utf8.h"

static uint64_t
anchor_hash(const struct guid *g)
{
	struct buf text = { 0 };
	uint64_t hash;

	base64_encode(&text, g->bytes, GUID_BYTES);
	hash = claim_hash(CLAIM_ANCHOR, buf_text(&text));
	buf_release(&text);
	return hash;
}

static bool
has_contacts(const struct model *m)
{
	return m->present[SIDE_AD] &&
	       snapshot_objects(m->present[SIDE_AD], AD_CONTACTS) > 0;
}

void
kin_note(const struct registry *g, const struct entry *e)
{
	const struct object *o = e->o;
	struct key key = {
		.row = e->row, .section = (uint32_t)section_of(SIDE_AD, o->kind)
	};

	if (o->scope.state != SCOPE_IN)
		return;
	if (o->kind != KIND_GROUP && o->mail && has_contacts(g->m)) {
		key.hash = claim_hash(CLAIM_MAIL, o->mail);
		key_list_add(&e->lists->claim, key);
	}
	/* Who has his own objectGUID there shares it with nobody else. */
	if (o->kind != KIND_USER || !o->has_consistency_guid ||
	    g->m->policy->anchor == ANCHOR_OBJECT_GUID ||
	    memcmp(&o->consistency_guid, &o->guid, sizeof(o->guid)) == 0)
		return;
	key.hash = anchor_hash(&o->consistency_guid);
	key_list_add(&e->lists->claim, key);
	key.hash = hash_bytes(&o->consistency_guid, sizeof(o->guid));
	key_list_add(&e->lists->anchor, key);
}

/* An object with an anchor that others may have; its account speaks for it. */
static void
claim_anchor(struct model *m, struct key_list *to, uint32_t row,
             const struct guid *anchor)
{
	const struct row *r = &m->tables[AD_USERS].rows[row];
	struct key key = { .hash = anchor_hash(anchor), .row = row,
	                   .section = AD_USERS };

	key_list_add(to, key);
	if (!r->twin || r->how != HOW_ANCHOR)
		return;
	key.row = r->twin - 1;
	key.section = TENANT_USERS;
	key_list_add(to, key);
}

void
kin_claim(struct registry *g)
{
	struct table *t = &g->m->tables[AD_USERS];
	struct key_list found = { 0 };

	if (!g->anchors.count)
		return;
	keys_build(&g->anchors, 1);
	for (uint32_t i = 0; i < t->count; i++) {
		const struct row *r = &t->rows[i];
		uint64_t hash = hash_bytes(&r->guid, sizeof(r->guid));
		const struct key *end, *k = keys_find(&g->anchors, hash, &end);

		for (; r->has_guid && k < end; k++)
			if (k->hash == hash)
				claim_anchor(g->m, &found, i, &r->guid);
	}
	keys_take(&g->m->claims, &found, 0);
	key_list_release(&found);
}

static bool
same_mail(const struct object *a, const struct object *b)
{
	return a->mail && b->mail && utf8_same_folded(a->mail, b->mail);
}

static bool
same_anchor(const struct model *m, const struct object *a,
            const struct object *b)
{
	const struct guid *x = match_anchor(m, a), *y = match_anchor(m, b);

	return x && y && memcmp(x, y, sizeof(*x)) == 0;
}

/* The AD object behind the key, if it is in scope; in A. */
static struct object *
read_kin(struct contest *c, const struct key *k, struct arena *a)
{
	struct object *o;

	if (section_side((enum section)k->section) != SIDE_AD)
		return NULL;
	o = contest_read(c, k, a);
	return o && o->scope.state == SCOPE_IN ? o : NULL;
}

static struct kin
answer(enum kin_end end, const struct object *other, struct arena *a)
{
	return (struct kin){ end, contest_describe(other, a) };
}

static struct kin
by_anchor(struct contest *c, const struct object *o, struct arena *a)
{
	const struct guid *anchor = match_anchor(c->m, o);
	uint64_t hash = anchor ? anchor_hash(anchor) : 0;
	const struct key *end, *k = keys_find(&c->m->claims, hash, &end);
	enum kin_end is = KIN_PART;

	for (; anchor && k < end && !c->failed; k++) {
		const struct object *other;

		if (k->hash != hash)
			continue;
		if (contest_is_asking(c, k)) {
			is = KIN_FIRST;
			continue;
		}
		other = read_kin(c, k, a);
		if (other && same_anchor(c->m, o, other))
			return answer(is, other, a);
	}
	return (struct kin){ KIN_NONE, NULL };
}

/* A user stands for contacts, whoever is older. */
static struct kin
by_mail(struct contest *c, const struct object *o, struct arena *a)
{
	uint64_t hash = claim_hash(CLAIM_MAIL, o->mail);
	const struct key *end, *k = keys_find(&c->m->claims, hash, &end);
	struct kin out = { KIN_NONE, NULL };
	bool behind = false;

	for (; k < end && !c->failed; k++) {
		const struct object *other;

		if (k->hash != hash)
			continue;
		if (contest_is_asking(c, k)) {
			behind = true;
			continue;
		}
		if ((behind || out.who) && k->section != AD_USERS)
			continue;
		other = read_kin(c, k, a);
		if (!other || !same_mail(o, other))
			continue;
		out = answer(KIN_CONTACT, other, a);
		if (other->kind == KIND_USER)
			break;
	}
	return out;
}

struct kin
kin_ask(struct contest *c, const struct object *o, struct arena *a)
{
	if (o->kind == KIND_CONTACT && o->mail && !o->account)
		return by_mail(c, o, a);
	if (o->kind == KIND_USER)
		return by_anchor(c, o, a);
	return (struct kin){ KIN_NONE, NULL };
}
