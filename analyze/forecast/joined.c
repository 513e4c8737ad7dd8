/* Who of AD is one with another object, for sync. */
#include "analyze/forecast/joined.h"

#include <string.h>

#include "analyze/object/object.h"
#include "analyze/policy/policy.h"
#include "base/utf8.h"

static bool
same_mail(const struct object *a, const struct object *b)
{
	return a->mail && b->mail && utf8_same_folded(a->mail, b->mail);
}

static bool
same_anchor(const struct model *m, const struct object *a,
            const struct object *b)
{
	const struct guid *x = anchor_of(m, a);
	const struct guid *y = anchor_of(m, b);

	return x && y && memcmp(x, y, sizeof(*x)) == 0;
}

/* The AD object behind the key, if it is in scope; in A. */
static struct object *
read_joined(struct quarantine *c, const struct key *k, struct arena *a)
{
	struct object *o;

	if (section_side((enum section)k->section) != SIDE_AD)
		return NULL;
	o = quarantine_read(c, k, a);
	return o && o->scope.state == SCOPE_IN ? o : NULL;
}

static struct joined
answer(enum joined_end end, const struct object *other, struct arena *a)
{
	return (struct joined){ end, quarantine_describe(other, a) };
}

static struct joined
by_anchor(struct quarantine *c, const struct object *o, struct arena *a)
{
	const struct guid *anchor = anchor_of(c->m, o);
	uint64_t hash = anchor ? unique_hash_anchor(anchor) : 0;
	const struct key *end, *k = keys_find(&c->m->claims, hash, &end);
	enum joined_end is = JOINED_PART;

	for (; anchor && k < end && !c->failed; k++) {
		const struct object *other;

		if (k->hash != hash)
			continue;
		if (quarantine_is_asking(c, k)) {
			is = JOINED_FIRST;
			continue;
		}
		if (quarantine_may_be_asking(c, k, a))
			continue;
		other = read_joined(c, k, a);
		if (other && same_anchor(c->m, o, other))
			return answer(is, other, a);
	}
	return (struct joined){ JOINED_NOT, NULL };
}

/* A user stands for contacts, whoever is older. */
static struct joined
by_mail(struct quarantine *c, const struct object *o, struct arena *a)
{
	uint64_t hash = unique_hash(UNIQUE_MAIL, o->mail);
	const struct key *end, *k = keys_find(&c->m->claims, hash, &end);
	struct joined out = { JOINED_NOT, NULL };
	bool behind = false;

	for (; k < end && !c->failed; k++) {
		const struct object *other;

		if (k->hash != hash)
			continue;
		if (quarantine_is_asking(c, k)) {
			behind = true;
			continue;
		}
		if (((behind || out.who) && k->section != AD_USERS) ||
		    quarantine_may_be_asking(c, k, a))
			continue;
		other = read_joined(c, k, a);
		if (!other || !same_mail(o, other))
			continue;
		out = answer(JOINED_CONTACT, other, a);
		if (other->kind == KIND_USER)
			break;
	}
	return out;
}

struct joined
joined_ask(struct quarantine *c, const struct object *o, struct arena *a)
{
	if (o->kind == KIND_CONTACT && o->mail && !o->links.account)
		return by_mail(c, o, a);
	if (o->kind == KIND_USER)
		return by_anchor(c, o, a);
	return (struct joined){ JOINED_NOT, NULL };
}
