/* Accounts that a soft match would take over, and what blocks it. */
#include "analyze/forecast/block.h"
#include "analyze/forecast/doubt.h"
#include "analyze/forecast/match.h"
#include "analyze/forecast/quarantine.h"
#include "analyze/model/model.h"
#include "analyze/object/object.h"
#include "base/buf.h"
#include "base/utf8.h"

/* An account as a candidate for a soft match. */
struct candidate {
	enum kind kind;
	const struct account *held;
};

/*
 * Whether sync would try to take it over; what only holds the value is no
 * candidate: the value is quarantined then. Nor is one of which it is not known
 * whether it is synchronized already.
 */
static bool
is_candidate(const struct model *m, struct candidate c, enum how how)
{
	if (c.held->anchored || c.held->guest || c.held->open ||
	    c.held->synced == YES || c.held->unified == YES)
		return false;
	return how != HOW_UPN || m->features.soft_on_upn != NO;
}

/* As bits of enum block; one of another class could never be matched. */
static unsigned
blocks_of(const struct model *m, const struct object *o, struct candidate c)
{
	unsigned blocks = 0;

	if (c.kind != o->kind)
		return 1u << BLOCK_TYPE;
	if (m->features.block_soft == YES)
		blocks |= 1u << BLOCK_SOFT_OFF;
	if (guid_set_has(&m->admins, &c.held->id))
		blocks |= 1u << BLOCK_ADMIN;
	return blocks;
}

/* What is compared: the primary address always, the UPN of users. */
static const char *
soft_value(const struct object *o, enum how how)
{
	if (how == HOW_SMTP)
		return o->forecast.cause == PRIMARY_FROM_PROXIES ||
		       o->forecast.cause == PRIMARY_FROM_MAIL
			? o->forecast.line.primary_smtp : NULL;
	return o->kind == KIND_USER && !o->forecast.upn_fault
		? o->forecast.line.upn : NULL;
}

static bool
holds(const struct account *h, enum how how, const char *value)
{
	const char *text = account_text(h, how == HOW_SMTP ? ACCOUNT_PRIMARY
	                                                   : ACCOUNT_UPN);

	return text && utf8_same_folded(text, value);
}

static row_id
soft_by(const struct model *m, const struct keys *held, enum how how,
        const struct object *o)
{
	enum section s = section_twin(section_of(SIDE_AD, o->kind));
	const char *value = soft_value(o, how);
	uint64_t hash = value ? unique_hash(how == HOW_SMTP ? UNIQUE_ADDRESS
	                                    : UNIQUE_UPN, value) : 0;
	const struct key *end, *k;

	if (!value || !keys_may_have(held, hash))
		return 0;
	for (k = keys_find(held, hash, &end); k < end; k++) {
		const struct row *r = &m->tables[k->section].rows[k->row];
		struct candidate c = { o->kind, r->account };

		if (k->hash == hash && k->section == (uint32_t)s &&
		    !r->merged && c.held && holds(c.held, how, value) &&
		    is_candidate(m, c, how) && !blocks_of(m, o, c))
			return k->row + 1;
	}
	return 0;
}

row_id
match_soft(const struct model *m, const struct keys *held,
           const struct object *o, enum how *how)
{
	row_id row = soft_by(m, held, HOW_SMTP, o);

	*how = HOW_SMTP;
	if (!row) {
		row = soft_by(m, held, HOW_UPN, o);
		*how = HOW_UPN;
	}
	if (!row)
		*how = HOW_NOT;
	return row;
}

/* Who asks whether an account stands in its way. */
struct soft_asker {
	const struct model *m;
	struct object *o;
	struct arena *arena;
	struct quarantine *quarantine;
};

/*
 * Of its class, and converted: that it has the address, if not as its primary
 * one, comes from AD; nobody in Exchange Online would have given it that.
 */
static bool
is_converted(const struct soft_asker *t, const struct object *other)
{
	return other->kind == t->o->kind &&
	       guid_set_has(&t->m->cloud_managed, &other->guid);
}

static void
block_converted(struct soft_asker *t, const struct object *other)
{
	block_set_cloud_managed(t->o);
	t->o->forecast.line.matched_id = match_id(t->arena, &other->guid);
	doubt_add(t->o, DOUBT_CONVERTED);
}

/* What keeps O from the account, which has VALUE, as bits; 0: nothing does. */
static unsigned
soft_blocks(struct soft_asker *t, const struct object *other, enum how how,
            const char *value)
{
	const struct candidate c = {
		other->kind, account_new(other, t->m->initial_domain, t->arena)
	};

	/* Who may have an account already is not known to be new. */
	if ((c.kind != t->o->kind && t->o->links.is_open) ||
	    !is_candidate(t->m, c, how) || !holds(c.held, how, value))
		return 0;
	return blocks_of(t->m, t->o, c);
}

static void
block_softly(struct soft_asker *t, const struct object *other,
             unsigned blocks, const char *value)
{
	struct forecast_state *f = &t->o->forecast;
	struct buf text = { 0 };

	f->blocks = blocks;
	f->blocker = other;
	f->blocked_by = object_label(other);
	if (other->kind == t->o->kind)
		f->line.matched_id = match_id(t->arena, &other->guid);
	buf_addf(&text, "%s %s of the tenant has %s: %s",
	         kind_name(other->kind), object_label(other), value,
	         block_reasons(blocks, t->arena));
	block_set(t->o, block_first(blocks), arena_strdup(t->arena, text.data));
	if (t->o->links.is_open)
		doubt_add(t->o, DOUBT_OPEN);
	buf_release(&text);
}

static bool
is_blocked_by(struct soft_asker *t, enum how how)
{
	const char *value = soft_value(t->o, how);
	const struct object *other = value
		? quarantine_holder(t->quarantine, how == HOW_SMTP
		                    ? UNIQUE_ADDRESS : UNIQUE_UPN, value,
		                    t->arena) : NULL;
	unsigned blocks;

	if (!other)
		return false;
	if (is_converted(t, other)) {
		block_converted(t, other);
		return true;
	}
	blocks = soft_blocks(t, other, how, value);
	if (blocks)
		block_softly(t, other, blocks, value);
	return blocks;
}

bool
match_is_blocked(const struct model *m, struct object *o, struct arena *a,
                 struct quarantine *c)
{
	struct soft_asker t = { m, o, a, c };

	return o->scope.state == SCOPE_IN && !o->links.account &&
	       !anchor_is_restorable(m, o) &&
	       (is_blocked_by(&t, HOW_SMTP) || is_blocked_by(&t, HOW_UPN));
}
