/* Who of AD is one with another object, for sync. */
#include "analyze/forecast/joined.h"

#include <string.h>

#include "analyze/forecast/block.h"
#include "analyze/forecast/claims.h"
#include "analyze/forecast/doubt.h"
#include "analyze/object/object.h"
#include "analyze/policy/policy.h"
#include "base/buf.h"
#include "base/dn.h"
#include "base/hash.h"

/* An object that may stand for others, and its row. */
struct stander {
	const struct object *o;
	const struct row *row;
};

/* That stand for one another, one behind the other. */
enum { STANDERS_MOST = 16 };

struct question {
	struct quarantine *c;
	struct stander self, best;   /* of the others; O is NULL: of none */
	enum joined_by by;           /* that one is found */
	bool both_enabled, enabled_unread;
	uint32_t holder;             /* row + 1 of a user who has an account */
	const struct object *left_out;  /* see struct joined */
	struct arena *arena;
};

/*
 * An enabled account first, a contact last; then who has the account, then who
 * is older: files may come in any order.
 */
static bool
stands_before(const struct stander *x, const struct stander *y)
{
	const struct row *a = x->row, *b = y->row;
	int rc;

	if (x->o->kind != y->o->kind)
		return x->o->kind == KIND_USER;
	if ((x->o->enabled == YES) != (y->o->enabled == YES))
		return x->o->enabled == YES;
	if ((a->twin != 0) != (b->twin != 0))
		return a->twin != 0;
	if (a->created != b->created)
		return b->created == WHEN_NONE ||
		       (a->created != WHEN_NONE && a->created < b->created);
	rc = memcmp(&a->guid, &b->guid, sizeof(a->guid));
	return rc != 0 ? rc < 0 : a->domain != b->domain
		? a->domain < b->domain : a < b;
}

/* Linked mailboxes are filtered, and joined with their masters all the same. */
static bool
is_taken(const struct object *o)
{
	return o->scope.state == SCOPE_IN || o->links.is_part;
}

/* Groups are never joined, but may have one anchor. */
static enum joined_by
pair_of(const struct model *m, const struct object *a, const struct object *b)
{
	const struct guid *x, *y;

	if (a->kind != KIND_GROUP || b->kind != KIND_GROUP)
		return joined_pair(m, a, b);
	x = anchor_of(m, a);
	y = anchor_of(m, b);
	return x && y && memcmp(x, y, sizeof(*x)) == 0 ? JOINED_BY_ANCHOR
	                                               : JOINED_BY_NOTHING;
}

static void
consider(struct question *q, const struct key *k)
{
	const struct model *m = q->c->m;
	struct stander other = { .row = &m->tables[k->section].rows[k->row] };
	enum joined_by by;

	if (section_side((enum section)k->section) != SIDE_AD ||
	    quarantine_is_asking(q->c, k) ||
	    quarantine_may_be_asking(q->c, k, q->arena))
		return;
	other.o = claims_read(q->c, k, q->arena);
	by = other.o ? pair_of(m, q->self.o, other.o) : JOINED_BY_NOTHING;
	if (by == JOINED_BY_SID && q->self.o->links.is_part &&
	    !is_taken(other.o))
		q->left_out = other.o;
	if (by == JOINED_BY_NOTHING || !is_taken(q->self.o) ||
	    !is_taken(other.o))
		return;
	q->enabled_unread |= other.o->kind == KIND_USER &&
		(q->self.o->enabled == UNKNOWN || other.o->enabled == UNKNOWN);
	q->both_enabled |= q->self.o->enabled == YES &&
	                   other.o->enabled == YES;
	if (other.row->twin && other.row->how <= HOW_NAMES &&
	    k->section == AD_USERS && !q->holder)
		q->holder = k->row + 1;
	if (q->best.o && !stands_before(&other, &q->best))
		return;
	q->best = other;
	q->by = by;
}

static void
ask(struct question *q, uint64_t hash)
{
	const struct key *end, *k = keys_find(&q->c->m->claims, hash, &end);

	for (; k < end && !q->c->failed; k++)
		if (k->hash == hash)
			consider(q, k);
}

/* By the SID of the master, which both know. */
static void
ask_linked(struct question *q)
{
	const struct object *o = q->self.o;

	if (o->links.is_part && o->ad.master_sid)
		ask(q, hash_bytes(o->ad.master_sid, o->ad.master_sid_len));
	else if (o->ad.has_linked_mailbox && o->ad.sid)
		ask(q, hash_bytes(o->ad.sid, o->ad.sid_len));
}

static void
ask_all(struct question *q)
{
	const struct model *m = q->c->m;
	const struct object *o = q->self.o;
	const struct guid *anchor = o->kind == KIND_USER ||
		o->kind == KIND_GROUP ? anchor_of(m, o) : NULL;
	uint64_t *prints;
	size_t n;

	ask_linked(q);
	if (o->scope.state != SCOPE_IN)
		return;
	if (anchor)
		ask(q, unique_hash_anchor(anchor));
	n = joined_prints(m, o, q->arena, &prints);
	for (size_t i = 0; i < n; i++)
		ask(q, prints[i]);
}

/* Asks for all; whether there is anybody. */
static bool
question_put(struct question *q, struct quarantine *c, const struct object *o,
             struct arena *a)
{
	*q = (struct question){
		.c = c, .arena = a,
		.self = { o, &c->m->tables[c->section].rows[c->row] },
	};
	if (is_taken(o))
		ask_all(q);
	return q->best.o;
}

static bool
is_behind(const struct question *q)
{
	return q->self.o->links.is_part ||
	       (!q->best.o->links.is_part && stands_before(&q->best, &q->self));
}

uint32_t
joined_holder(struct quarantine *c, struct arena *a)
{
	const struct key self = { .row = c->row,
	                          .section = (uint32_t)c->section };
	const struct object *o = claims_read(c, &self, a);
	struct question q;

	return o && question_put(&q, c, o, a) && !is_behind(&q) ? q.holder : 0;
}

static struct key
key_of(const struct model *m, const struct stander *s)
{
	enum section section = section_of(SIDE_AD, s->o->kind);

	return (struct key){
		.row = (uint32_t)(s->row - m->tables[section].rows),
		.section = (uint32_t)section,
	};
}

/* Whether another one stands for the object of the key, which then is K. */
static bool
step(struct quarantine *c, struct key *k)
{
	struct arena scratch = { 0 };
	const struct object *o = claims_read(c, k, &scratch);
	struct question q;
	bool is = o && question_put(&q, c, o, &scratch) && is_behind(&q);

	if (is)
		*k = key_of(c->m, &q.best);
	arena_release(&scratch);
	return is;
}

int
joined_stander(const struct model *m, struct fetch *f, struct key *k,
               struct err *err)
{
	struct quarantine asks = { .m = m, .fetch = f, .err = err };
	bool more = true;

	/* Each stands before the last; a line that changed ends it, too. */
	for (int i = 0; more && i < STANDERS_MOST; i++) {
		asks.section = (enum section)k->section;
		asks.row = k->row;
		more = step(&asks, k);
	}
	return asks.failed ? -1 : 0;
}

struct joined
joined_ask(struct quarantine *c, const struct object *o, struct arena *a)
{
	const struct model *m = c->m;
	struct question q;
	bool across;

	if (!question_put(&q, c, o, a))
		return (struct joined){
			.end = JOINED_NOT, .left_out = q.left_out
		};
	across = joined_pairing(m, o, q.best.o) == PAIR_ACROSS;
	return (struct joined){
		.end = is_behind(&q) ? JOINED_PART : JOINED_FIRST, .by = q.by,
		.across = across, .other = q.best.o,
		.row = key_of(m, &q.best).row,
		.unsaid = across && q.by != JOINED_BY_ANCHOR &&
		          model_policy(m, o)->join == JOIN_UNSAID,
		.enabled_unread = q.enabled_unread && o->kind == KIND_USER,
		.both_enabled = q.both_enabled && o->kind == KIND_USER &&
		                (across || q.by == JOINED_BY_SID),
		.who = quarantine_describe(q.best.o, a),
	};
}

/* What the one that stands for it has of it. */
static const char *const shared[] = {
	[JOINED_BY_ANCHOR] = "which has the same source anchor",
	[JOINED_BY_MAIL] = "which has the same mail",
	[JOINED_BY_SID] = "which is the master of its mailbox",
	[JOINED_BY_NAME] = "of which one's sAMAccountName is the other's "
		"mailNickname",
	[JOINED_BY_ATTRIBUTE] = "which has the same value of the attribute "
		"that sync.join names",
};

/* With its place: of several forests many are called alike. */
static void
put_other(struct buf *out, const struct joined *j)
{
	buf_adds(out, j->who);
	if (j->other && j->other->dn) {
		buf_adds(out, " in ");
		dn_canonical(out, dn_parent(j->other->dn));
	}
}

static const char *
told(const struct joined *j, struct arena *a)
{
	struct buf text = { 0 };
	const char *kept;

	buf_adds(&text, "sync treats it as the same object as ");
	put_other(&text, j);
	buf_addf(&text, ", %s: it gets no account of its own", shared[j->by]);
	kept = arena_strdup(a, text.data);
	buf_release(&text);
	return kept;
}

static void
forecast_group(const struct model *m, struct object *o, struct arena *a)
{
	struct buf text = { 0 };

	put_other(&text, &o->forecast.joined);
	buf_adds(&text, " has the same source anchor: groups are never joined, "
	         "and only one of them is exported");
	block_set(o, BLOCK_ANCHOR, arena_strdup(a, text.data));
	buf_release(&text);
	if (anchor_counts_of_groups(model_policy(m, o)) == UNKNOWN)
		doubt_add(o, DOUBT_GROUP_ANCHOR);
}

void
joined_forecast(const struct model *m, struct object *o, struct arena *a)
{
	const struct joined *j = &o->forecast.joined;
	struct forecast *f = &o->forecast.line;

	if (o->kind == KIND_GROUP) {
		forecast_group(m, o, a);
		return;
	}
	f->match = MATCH_NONE;
	f->action = ACTION_NONE;
	f->match_reason = told(j, a);
	f->account_enabled = ENABLED_UNKNOWN;
}

void
joined_tell_master(struct object *o, struct arena *a)
{
	const struct joined *j = &o->forecast.joined;

	if (j->end == JOINED_PART && !o->forecast.line.match_reason)
		o->forecast.line.match_reason = told(j, a);
}

/*
 * What the first lacks sync takes from the next: the default rules pass on what
 * a user of any forest has. What contacts have of others is not theirs.
 */
void
joined_take(struct object *o, struct arena *a)
{
	const struct joined *j = &o->forecast.joined;

	if (j->end == JOINED_FIRST && j->across && o->kind == KIND_USER &&
	    j->other->kind == KIND_USER && !j->other->links.is_part)
		object_take_missing(o, j->other, a);
}

/* Where nobody says how they are joined, it is no more than a guess anyway. */
void
joined_doubt_open(const struct model *m, struct object *o)
{
	bool unsaid = model_policy(m, o)->join == JOIN_UNSAID;

	if (!joined_is_open(m, o))
		return;
	doubt_add(o, unsaid ? DOUBT_JOIN : DOUBT_JOIN_UNREAD);
	o->forecast.joined.open = !unsaid;
}

void
joined_doubt(struct object *o)
{
	const struct joined *j = &o->forecast.joined;

	if (j->end == JOINED_NOT)
		return;
	if (j->by == JOINED_BY_ANCHOR &&
	    (!j->across || o->kind == KIND_GROUP))
		doubt_add(o, DOUBT_SHARED_ANCHOR);
	if (j->enabled_unread)
		doubt_add(o, DOUBT_ENABLED);
	if (j->both_enabled)
		doubt_add(o, DOUBT_BOTH_ENABLED);
	if (j->unsaid)
		doubt_add(o, DOUBT_JOIN);
	if (o->giver && !o->ad.has_linked_mailbox)
		doubt_add(o, DOUBT_GIVEN);
}
