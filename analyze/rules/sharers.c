/* Who else has an address, for rules; see rule.h. */
#include "analyze/rules/rule.h"

#include <stdlib.h>
#include <string.h>

#include "analyze/model/model.h"
#include "analyze/object/object.h"
#include "analyze/policy/policy.h"
#include "analyze/rules/in_use.h"
#include "analyze/rules/running.h"
#include "analyze/rules/sharer_memory.h"
#include "analyze/rules/told.h"
#include "base/buf.h"
#include "base/dn.h"
#include "base/invisible_text.h"
#include "base/mem.h"
#include "base/utf8.h"



/* Whose addresses count: everybody's, or of those whom sync never takes. */
enum sharers { SHARERS_ALL, SHARERS_HOLDERS };

bool
check_is_behind(const struct object *o)
{
	const struct joined *j = &o->forecast.joined;

	return j->end == JOINED_PART && j->across && !j->enabled_unread;
}

/* Another object, and where it is. */
struct sharer {
	const struct object *o;
	struct key key;
};

static const struct object *
read_sharer(struct check *c, const struct key *k)
{
	const struct model *m = c->plan->m;
	const struct row *r = &m->tables[k->section].rows[k->row];
	struct arena *arena;
	bool read;
	struct object *o = sharer_memory_find(c->sharers, k, r->wanted, &arena,
	                                      &read);

	if (read)
		return o;
	if (fetch_object(c->fetch, (enum section)k->section, k->row, arena, o,
	                 c->err) < 0) {
		sharer_memory_forget(c->sharers, k);
		c->failed = true;
		return NULL;
	}
	model_links(m, r, (enum section)k->section, &o->links);
	return o;
}

/* Follows the key to the one that stands for its object. */
static bool
follow(struct check *c, struct key *k)
{
	if (c->stander(c->plan->m, c->fetch, k, c->err) == 0)
		return true;
	c->failed = true;
	return false;
}

static bool
is_same_key(struct key a, struct key b)
{
	return a.section == b.section && a.row == b.row;
}

/* Whether one object stands for both, which are not joined themselves. */
static bool
have_one_stander(struct check *c, const struct object *o, struct sharer other)
{
	const struct joined *j = &o->forecast.joined;
	struct key theirs = other.key, own;
	const struct object *stands;

	if (j->end == JOINED_NOT || !follow(c, &theirs))
		return false;
	if (j->end == JOINED_PART) {
		own = (struct key){ .row = j->row, .section =
			(uint32_t)section_of(SIDE_AD, j->other->kind) };
		return follow(c, &own) && is_same_key(own, theirs);
	}
	if (is_same_key(theirs, other.key))
		return false;
	stands = read_sharer(c, &theirs);
	return stands && object_may_be_one(o, stands);
}

/*
 * What becomes one object in the tenant has its addresses together; of what may
 * become one nobody knows.
 */
static bool
is_joined(struct check *c, const struct object *o, struct sharer other)
{
	if (other.o->scope.state != SCOPE_IN && !other.o->links.is_part)
		return false;
	if (o->scope.state != SCOPE_IN && !o->links.is_part)
		return false;
	return joined_pair(c->plan->m, o, other.o) != JOINED_BY_NOTHING ||
	       joined_may_be(c->plan->m, o, other.o) ||
	       have_one_stander(c, o, other);
}

/* AD is not asked for its addresses, and the tenant has another list. */
static bool
is_unasked(const struct check *c, const struct object *o, uint64_t hash)
{
	const struct model *m = c->plan->m;
	const struct account *h = o->links.account;

	return h && (authority_keeps_mail(m, o) ||
	             authority_is_cloud(m, o, h)) && !account_has(h, hash);
}

static const struct object *
find_sharer(struct check *c, const struct object *o, const char *address,
            enum sharers of, size_t skip)
{
	uint64_t hash = unique_hash(UNIQUE_PROXY, address);
	const struct key *end, *k;

	/* While objects are still being screened the index is not built. */
	if (c->screening || is_unasked(c, o, hash))
		return NULL;
	k = keys_find(&c->plan->m->claims, hash, &end);
	for (; k < end && !c->failed; k++) {
		const struct object *other;

		if (k->hash != hash ||
		    section_side((enum section)k->section) != SIDE_AD ||
		    (of == SHARERS_HOLDERS && k->section != AD_OTHER))
			continue;
		other = read_sharer(c, k);
		if (other && object_has_address(other, address) &&
		    !object_may_be_one(o, other) &&
		    !is_unasked(c, other, hash) &&
		    !is_joined(c, o, (struct sharer){ other, *k }) && !skip--)
			return other;
	}
	return NULL;
}

const struct object *
check_sharer(struct check *c, const struct object *o, const char *address)
{
	return find_sharer(c, o, address, SHARERS_ALL, 0);
}

bool
check_has_sharers(struct check *c, const struct object *o, const char *address)
{
	return find_sharer(c, o, address, SHARERS_ALL, 1);
}

const struct object *
check_holder(struct check *c, const struct object *o, const char *address)
{
	return find_sharer(c, o, address, SHARERS_HOLDERS, 0);
}

/* ---- all who have a value, whatever as ---- */

static struct reading
open_reading(struct check *c)
{
	return (struct reading){
		.m = c->plan->m, .fetch = c->fetch, .arena = &c->scratch,
		.err = c->err,
	};
}

static bool
is_text(const char *a, const char *b)
{
	return a && utf8_same_folded(a, b);
}

static bool
has_as_target(const struct object *o, const char *address)
{
	return is_text(recipient_target_held(o), address);
}

const char *
sent_name(struct check *c, const struct object *o)
{
	const struct model *m = c->plan->m;
	struct buf domain = { 0 };
	const char *out = NULL;

	if (o->kind == KIND_USER && !o->upn && o->sam && o->dn &&
	    !signs_in_by_mail(c, o) &&
	    attr_set_has(table_covered(&m->tables[AD_USERS], o), ATTR_UPN))
		dn_domain(&domain, o->dn);
	if (domain.len)
		out = check_textf(c, "%s@%s", o->sam, domain.data);
	buf_release(&domain);
	return out;
}

unsigned
holding_of(struct check *c, const struct object *o, const char *value)
{
	const char *address = address_type(value) <= ADDRESS_SECONDARY
		? address_body(value) : NULL;
	unsigned out = object_has_address(o, value) ? HOLDING_PROXY : 0;
	bool by_mail = signs_in_by_mail(c, o);

	if (!address)
		return out;
	/* Any value of proxyAddresses masks mail, but for a sign-in name. */
	if ((!o->proxy_count || by_mail) && is_text(o->mail, address))
		out |= HOLDING_MAIL;
	if (o->kind == KIND_USER && !by_mail &&
	    is_text(o->upn ? o->upn : sent_name(c, o), address))
		out |= HOLDING_UPN;
	if (has_as_target(o, address))
		out |= HOLDING_TARGET;
	return out;
}

static bool
is_alike(const char *a, const char *b)
{
	return a && b && !invisible_all(a) && utf8_same_folded(a, b);
}

static bool
is_named(const struct model *m, const struct object *o)
{
	return model_covers(m, section_of(SIDE_AD, o->kind), ATTR_DISPLAY_NAME);
}

/*
 * Two objects of one person: mail of the one is sent on to the other. Without
 * their names nobody knows that they are not.
 */
static bool
is_one_person(const struct model *m, const struct object *a,
              const struct object *b)
{
	return !is_named(m, a) || !is_named(m, b) ||
	       is_alike(a->sam, b->sam) || is_alike(a->mail, b->mail) ||
	       is_alike(a->display_name, b->display_name) ||
	       is_alike(a->mail_nickname, b->mail_nickname);
}

/* A linked mailbox and its master account are one object to sync. */
static bool
is_linked(const struct object *o, const struct object *other)
{
	return o->links.is_part || other->links.is_part ||
	       linked_mailbox_is_master(o, other) ||
	       linked_mailbox_is_master(other, o);
}

/* What the other one has it as, if it is another one's: HOLDING_ bits. */
static unsigned
holding_of_other(struct check *c, const struct object *o, struct sharer other,
                const char *value)
{
	uint64_t hash = unique_hash(UNIQUE_PROXY, value);
	unsigned as = holding_of(c, other.o, value);
	unsigned own = holding_of(c, o, value);

	if (!as || object_may_be_one(o, other.o) || is_linked(o, other.o) ||
	    is_unasked(c, other.o, hash) || is_joined(c, o, other))
		return 0;
	return (as == HOLDING_TARGET || own == HOLDING_TARGET) &&
	       is_one_person(c->plan->m, o, other.o) ? 0 : as;
}

/* By their names, whatever order snapshots were given in. */
static int
by_dn(const void *a, const void *b)
{
	const struct object *x = ((const struct holding *)a)->o;
	const struct object *y = ((const struct holding *)b)->o;
	int names = strcmp(x->dn ? x->dn : "", y->dn ? y->dn : "");

	return names ? names : memcmp(&x->guid, &y->guid, sizeof(x->guid));
}

static void
sort_holdings(const struct holdings *l)
{
	if (l->count > 1)
		qsort(l->items, l->count, sizeof(*l->items), by_dn);
}

/*
 * Of thousands it is enough to tell some; and to read more, since not all whom
 * the index names have the value, or count.
 */
enum { HOLDERS_TOLD = 16, REPEATS_TOLD = 8, READ_MOST = 256 };

/* The walk ends here, and there is another one still. */
static bool
is_at_end(struct holdings *l, size_t told, size_t read)
{
	l->is_cut = l->count == told || read == READ_MOST;
	l->is_unread = l->count < told && read == READ_MOST;
	return l->is_cut;
}

static struct holdings
find_holdings(struct check *c, const struct object *o, const char *value)
{
	struct reading r = open_reading(c);
	struct holdings out = { .count = 0 };
	struct owner_walk walk;
	struct key k;
	size_t read = 0;

	if (is_unasked(c, o, unique_hash(UNIQUE_PROXY, value)))
		return out;
	out.items = arena_alloc(sharer_memory_arena(c->sharers),
	                        HOLDERS_TOLD * sizeof(*out.items));
	in_use_walk(&walk, o, value);
	while (!c->failed && in_use_next_owner(&r, &walk, &k) &&
	       !is_at_end(&out, HOLDERS_TOLD, read++)) {
		const struct object *other = read_sharer(c, &k);
		unsigned as = other ? holding_of_other(c, o,
			(struct sharer){ other, k }, value) : 0;

		if (as)
			out.items[out.count++] = (struct holding){ other, as };
	}
	sort_holdings(&out);
	return out;
}

/* Who was not read may have it, too: then nobody knows that nobody has. */
static struct holdings
told(struct check *c, struct holdings l)
{
	c->count->unread += l.is_unread;
	return l;
}

/* Several rules ask the same of an object. */
struct holdings
check_holdings(struct check *c, const struct object *o, const char *value)
{
	const struct holdings *known;
	struct holdings out = { .count = 0 };

	if (c->screening || !o->links.may_share)
		return out;
	known = sharer_memory_holdings(c->sharers, o, value);
	if (known)
		return told(c, *known);
	out = find_holdings(c, o, value);
	sharer_memory_note(c->sharers, o, value, out);
	return told(c, out);
}

/* Whether the other one has it, too, and counts. */
static bool
is_repeater(struct check *c, const struct object *o, struct sharer other,
            enum repeated of, count_repeat *counts)
{
	return repeated_is_same(o, other.o, of) && counts(o, other.o) &&
	       !object_may_be_one(o, other.o) && !is_linked(o, other.o) &&
	       !is_joined(c, o, other);
}

struct holdings
check_repeats(struct check *c, const struct object *o, enum repeated of,
              count_repeat *counts)
{
	uint64_t hash = o->links.may_share ? repeated_hash(o, of) : 0;
	const struct key *end, *k = keys_find(&c->plan->m->repeats, hash, &end);
	struct holdings out = { .count = 0 };
	size_t read = 0;

	if (c->screening || !hash)
		return out;
	out.items = arena_alloc(&c->scratch, REPEATS_TOLD *
	                        sizeof(*out.items));
	for (; k < end && !c->failed; k++) {
		const struct object *other;

		if (k->hash != hash)
			continue;
		if (is_at_end(&out, REPEATS_TOLD, read++))
			break;
		other = read_sharer(c, k);
		if (other && is_repeater(c, o, (struct sharer){ other, *k }, of,
		                         counts))
			out.items[out.count++] = (struct holding){ other, 0 };
	}
	sort_holdings(&out);
	return told(c, out);
}

static const struct object *
find_holder(struct check *c, const struct object *o, const char *value,
            enum alive of)
{
	struct reading r = open_reading(c);
	const struct object *other = c->screening
		? NULL : in_use_who_has(&r, o, value, of);

	c->failed |= r.failed;
	return other;
}

const struct object *
check_who_has(struct check *c, const struct object *o, const char *value)
{
	return find_holder(c, o, value, HOLDERS_LIVING);
}

const struct object *
check_who_had(struct check *c, const struct object *o, const char *value)
{
	return find_holder(c, o, value, HOLDERS_DELETED);
}

bool
check_is_taken(struct check *c, const struct object *o, const char *address)
{
	struct reading r = open_reading(c);
	bool taken = c->screening || in_use_by_other(&r, o, address);

	c->failed |= r.failed;
	return taken;
}

const char *
check_unread(const struct check *c)
{
	return c->plan->unread;
}

const char *
check_unread_given(const struct check *c)
{
	return c->plan->unread_given;
}

const struct object *
check_namesake(struct check *c, const struct object *o, const char *domain,
               size_t *at)
{
	struct reading r = open_reading(c);
	const struct object *other = c->screening
		? NULL : in_use_namesake(&r, o, domain, at);

	c->failed |= r.failed;
	return other;
}
