/* Who gets a value that several want. */
#include "analyze/forecast/quarantine.h"

#include <stdlib.h>
#include <string.h>

#include "analyze/forecast/claims.h"
#include "analyze/model/model.h"
#include "analyze/object/object.h"
#include "base/buf.h"
#include "base/err.h"
#include "base/utf8.h"

/* The object of AD that the account behind the key is of, and its own key. */
static struct object *
source_of(struct quarantine *c, const struct key *account, struct key *own,
          struct arena *a)
{
	enum section s = (enum section)account->section;
	enum section ad = section_of(SIDE_AD, section_kind(s));
	const struct row *r = &c->m->tables[s].rows[account->row];

	*own = (struct key){ .row = r->twin - 1, .section = ad };
	return r->twin && !r->merged && ad != SECTION_COUNT
		? claims_read(c, own, a) : NULL;
}

const struct object *
quarantine_source(struct quarantine *c, const struct key *account,
                  struct arena *a)
{
	struct key own;

	return source_of(c, account, &own, a);
}

/* Its object leaves the scope. */
static bool
is_leaving(struct quarantine *c, const struct key *k, struct arena *a)
{
	struct key own;
	struct object *source = source_of(c, k, &own, a);

	return source && source->scope.state != SCOPE_IN &&
	       claims_foresee(c, &own, source, a) &&
	       source->forecast.line.action == ACTION_DELETE;
}

/* Its object was deleted in AD. */
static bool
is_deleted(const struct quarantine *c, const struct key *k,
           const struct object *account)
{
	return account->tenant.synced == YES &&
	       !c->m->tables[k->section].rows[k->row].twin &&
	       !guid_set_has(&c->m->cloud_managed, &account->guid) &&
	       tombstones_find(c->m, account);
}

/*
 * Whether the object behind the key is an account that the next synchronization
 * deletes, and its values with it.
 */
static bool
is_going(struct quarantine *c, const struct key *k,
         const struct object *other, struct arena *a)
{
	return other->side == SIDE_TENANT &&
	       (is_leaving(c, k, a) || is_deleted(c, k, other));
}

const char *
quarantine_describe(const struct object *o, struct arena *a)
{
	struct buf out = { 0 };
	const char *text;

	buf_addf(&out, "%s %s %s", o->side == SIDE_AD ? "the" :
	         o->tenant.guest == YES ? "the guest" : o->tenant.synced == YES
	         ? "in the tenant the synchronized" : "in the tenant the",
	         kind_name(o->kind), object_described(o, a));
	text = arena_strdup(a, out.data);
	buf_release(&out);
	return text;
}

bool
quarantine_is_asking(const struct quarantine *c, const struct key *k)
{
	return k->section == (uint32_t)c->section && k->row == c->row;
}

bool
quarantine_may_be_asking(struct quarantine *c, const struct key *k,
                         struct arena *a)
{
	const struct key self = { .row = c->row,
	                          .section = (uint32_t)c->section };
	const struct row *rows = c->m->tables[c->section].rows;
	const struct object *asks, *other;

	if (k->section != self.section || quarantine_is_asking(c, k) ||
	    (rows[c->row].has_guid && rows[k->row].has_guid))
		return false;
	asks = claims_read(c, &self, a);
	other = asks ? claims_read(c, k, a) : NULL;
	return other && object_may_be_one(asks, other);
}

/*
 * Whether the account behind the key, which may be anyone's, may be that of the
 * object at hand: what it holds then is the object's own.
 */
static bool
may_be_own(const struct quarantine *c, const struct key *k)
{
	const struct row *asks = &c->m->tables[c->section].rows[c->row];

	if (section_twin(c->section) != (enum section)k->section ||
	    (asks->twin && !how_is_name((enum how)asks->how)))
		return false;
	return joins_may_be_own(asks, c->m->tables[k->section].rows[k->row]
	                        .account);
}

/* How the account of the AD object behind the key has the value today. */
static enum having
holds_today(const struct quarantine *c, const struct key *k)
{
	enum section twin = section_twin((enum section)k->section);
	row_id row = c->m->tables[k->section].rows[k->row].twin;
	const struct account *h;
	const char *upn;

	if (section_side((enum section)k->section) != SIDE_AD || !row)
		return HAS_NOT;
	h = c->m->tables[twin].rows[row - 1].account;
	if (account_has(h, k->hash))
		return HAS_VALUE;
	upn = twin == TENANT_USERS && !h->guest ? account_text(h, ACCOUNT_UPN)
	                                        : NULL;
	return upn && unique_hash(UNIQUE_ADDRESS, upn) == k->hash
		? HAS_AS_NAME : HAS_NOT;
}

/* AD's object is not where a value of its account is changed. */
static const char *
describe(const struct object *other, enum having how, struct arena *a)
{
	struct buf out = { 0 };
	const char *text;

	if (how != HAS_OWNED)
		return quarantine_describe(other, a);
	buf_addf(&out, "in the tenant the %s %s, which is managed there,",
	         kind_name(other->kind), object_label(other));
	text = arena_strdup(a, out.data);
	buf_release(&out);
	return text;
}

static struct quarantine_answer
answer(enum quarantine_end end, const struct key *k, const struct object *other,
       enum having how, struct arena *a)
{
	return (struct quarantine_answer){
		end, other, describe(other, how, a), *k, how
	};
}

/* Another one that is not given it counts for less than one that wants it. */
static void
note(struct quarantine_answer *out, struct quarantine_answer is)
{
	if (is.end > out->end)
		*out = is;
}

/* Where it is not known what the claim means; else IS. */
static enum quarantine_end
open_end(enum having how, enum quarantine_end is)
{
	return how == HAS_REFUSED ? QUARANTINE_REFUSED
		: how == HAS_AS_GUEST ? QUARANTINE_GUEST : is;
}

/* Those behind the object at hand: they come later, if they want it at all. */
static struct quarantine_answer
rival(struct quarantine *c, const struct key *k, const struct key *end,
      enum unique kind, const char *value, struct arena *a)
{
	struct quarantine_answer out = { .end = QUARANTINE_FREE };
	uint64_t hash = k->hash;

	for (k++; k < end && !c->failed && out.end < QUARANTINE_WON; k++) {
		enum having how;
		const struct object *other = k->hash == hash &&
			!quarantine_may_be_asking(c, k, a)
			? claims_real(c, k, kind, value, a, &how) : NULL;

		if (other)
			note(&out, answer(open_end(how, QUARANTINE_WON), k,
			                  other, how, a));
	}
	return out;
}

/*
 * A contact of AD takes the address of a guest, by design ("Troubleshoot B2B
 * collaboration", a contact with the same address).
 */
static bool
yields(const struct quarantine *c, const struct object *holder)
{
	return c->section == AD_CONTACTS && holder->side == SIDE_TENANT &&
	       object_is_guest(holder) && holder->tenant.synced != YES;
}

/* Who has an address today keeps it, whoever's sign-in name it is. */
static bool
is_kept(const struct quarantine *c, uint64_t hash)
{
	const struct key own = { .hash = hash, .row = c->row,
	                         .section = (uint32_t)c->section };

	return holds_today(c, &own) == HAS_VALUE;
}

/* Of one that has it, or is to have it. */
static enum quarantine_end
end_of(const struct quarantine *c, const struct object *other,
       enum having today)
{
	if (yields(c, other))
		return QUARANTINE_TAKEN;
	if (c->section == AD_CONTACTS &&
	    joined_with_unread(c->m, &c->m->tables[AD_CONTACTS].rows[c->row],
	                       other))
		return QUARANTINE_UNREAD;
	return other->side == SIDE_TENANT || today ? QUARANTINE_HELD
	                                           : QUARANTINE_SECOND;
}

/* What another one's claim means; FREE: it has none, or it is no matter. */
static struct quarantine_answer
weigh(struct quarantine *c, const struct key *k, enum unique kind,
      const char *value, struct arena *a)
{
	enum having how, today = holds_today(c, k);
	const struct object *other = claims_real(c, k, kind, value, a, &how);
	enum quarantine_end end = QUARANTINE_AWAITED;

	if (!other && today && (other = claims_read(c, k, a)))
		how = today;
	else if (other)
		end = open_end(how, is_going(c, k, other, a)
		               ? QUARANTINE_AWAITED
		               : end_of(c, other, today));
	if (!other || (how == HAS_AS_NAME && is_kept(c, k->hash)))
		return (struct quarantine_answer){ .end = QUARANTINE_FREE };
	return answer(end, k, other, how, a);
}

struct quarantine_answer
quarantine_ask(struct quarantine *c, enum unique kind, const char *value,
               struct arena *a)
{
	struct quarantine_answer out = { .end = QUARANTINE_FREE };
	uint64_t hash = unique_hash(kind, value);
	const struct key *end, *k = keys_find(&c->m->claims, hash, &end);
	bool named = false;

	for (; k < end && !c->failed; k++) {
		enum having today = k->hash == hash ? holds_today(c, k)
		                                    : HAS_NOT;
		struct quarantine_answer is;

		if (k->hash != hash || may_be_own(c, k))
			continue;
		if (quarantine_is_asking(c, k)) {
			if (today == HAS_VALUE || out.other)
				return out;
			if (today == HAS_NOT)
				return rival(c, k, end, kind, value, a);
			named = true;
			continue;
		}
		/* Its name is an address of its own, unless it is another's. */
		if ((named && today != HAS_VALUE) ||
		    quarantine_may_be_asking(c, k, a))
			continue;
		is = weigh(c, k, kind, value, a);
		if (is.end >= QUARANTINE_HELD)
			return is;
		note(&out, is);
	}
	return out;
}

const struct object *
quarantine_holder(struct quarantine *c, enum unique kind, const char *value,
                  struct arena *a)
{
	uint64_t hash = unique_hash(kind, value);
	const struct key *end, *k = keys_find(&c->m->claims, hash, &end);

	for (; k < end && !c->failed; k++) {
		const struct object *other;
		enum having how;

		if (k->hash != hash || may_be_own(c, k) ||
		    section_side((enum section)k->section) == SIDE_AD)
			continue;
		other = claims_real(c, k, kind, value, a, &how);
		if (other && how == HAS_VALUE)
			return other;
	}
	return NULL;
}
