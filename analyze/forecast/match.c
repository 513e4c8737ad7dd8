/* Which account an AD object gets, and by what. */
#include "analyze/forecast/match.h"

#include <string.h>

#include "analyze/forecast/block.h"
#include "analyze/forecast/doubt.h"
#include "analyze/forecast/hard_match.h"
#include "analyze/model/model.h"
#include "analyze/object/object.h"
#include "analyze/policy/policy.h"

struct matching {
	const struct model *m;
	struct object *o;
	struct arena *arena;
};

const char *
match_id(struct arena *a, const struct guid *id)
{
	char text[GUID_TEXT];

	guid_format(id, text);
	return arena_strdup(a, text);
}

static void
set(struct matching *t, enum match match, enum action action,
    const char *reason)
{
	struct forecast *f = &t->o->forecast.line;

	f->match = match;
	f->action = action;
	f->match_reason = reason;
}

/* Where the tenant was not asked, who is known by an anchor or SID is so. */
static bool
is_synced(const struct matching *t)
{
	enum section s = section_twin(section_of(SIDE_AD, t->o->kind));

	return t->o->links.account->synced == YES ||
	       (t->o->links.account->synced == UNKNOWN &&
	        !model_covers(t->m, s, ATTR_SYNCED));
}

/* The tenant's own doubts are all that is left. */
static void
block_hard(struct matching *t, enum block block, struct doubts before)
{
	struct doubts doubts = doubts_since(t->o, before);

	t->o->forecast.blocks |= 1u << block;
	block_set(t->o, block, block_reasons(t->o->forecast.blocks, t->arena));
	doubts_add(t->o, doubts);
}

/* Without its source anchor the account is matched by names, if at all. */
static void
match_former(struct matching *t)
{
	doubt_add(t->o, DOUBT_OPEN);
	set(t, MATCH_UNKNOWN, ACTION_UNKNOWN, "not known: the account was "
	    "synchronized from this object before; whether it has the source "
	    "anchor still was not collected");
}

/* An account that is not synchronized, but has the anchor. */
static void
match_hard(struct matching *t)
{
	const struct model *m = t->m;
	struct doubts before = t->o->forecast.doubts;
	enum block block;

	if (t->o->links.how != HOW_ANCHOR) {
		match_former(t);
		return;
	}
	block = hard_match_block(m, t->o, t->o->links.account);
	if (block) {
		block_hard(t, block, before);
		return;
	}
	if (!model_complete(m, TENANT_SYNC_BEHAVIOR))
		doubt_add(t->o, DOUBT_AUTHORITY);
	set(t, MATCH_HARD, ACTION_MATCH, "hard match: the account has the "
	    "source anchor as immutableId");
}

/* By which name it was joined; of the reasons below. */
static const char *const synced_reasons[] = {
	[HOW_NOT] = "synchronized already",
	[HOW_NAME_UPN] = "synchronized already; joined by name: the account "
		"has the sign-in name",
	[HOW_NAME_PRIMARY] = "synchronized already; joined by name: the "
		"account has the primary address",
	[HOW_NAME_MAIL] = "synchronized already; joined by name: the account "
		"has the mail",
};

static const char *const named_reasons[] = {
	[HOW_NAME_UPN] = "joined by name: an account has the sign-in name; "
		"whether it is synchronized was not collected",
	[HOW_NAME_PRIMARY] = "joined by name: an account has the primary "
		"address; whether it is synchronized was not collected",
	[HOW_NAME_MAIL] = "joined by name: an account has the mail; whether "
		"it is synchronized was not collected",
};

/* An account of the same name: its own, or one that it would take over. */
static void
match_named(struct matching *t)
{
	doubt_add(t->o, DOUBT_NAME);
	doubt_add(t->o, DOUBT_SYNCED);
	set(t, MATCH_UNKNOWN, ACTION_UNKNOWN, named_reasons[t->o->links.how]);
}

/* A group that may be known in the tenant by another one's objectGUID. */
static bool
has_chosen_anchor(const struct model *m, const struct object *o)
{
	return o->kind == KIND_GROUP && anchor_is_chosen(model_policy(m, o), o)
	       && (!o->has_guid || memcmp(&o->ad.consistency_guid, &o->guid,
	                                  sizeof(o->guid)) != 0);
}

/* The account was written from this very object: it is matched already. */
static bool
has_its_sid(const struct matching *t)
{
	const struct object *o = t->o;

	return o->ad.sid && o->links.account->sid ==
	       hash_bytes(o->ad.sid, o->ad.sid_len);
}

/* It is synchronized from another object, which this one is to replace. */
static bool
is_remapped(struct matching *t)
{
	struct doubts before = t->o->forecast.doubts;
	enum block block = t->o->links.how == HOW_ANCHOR && !has_its_sid(t)
		? hard_match_remap(t->m, t->o, t->o->links.account)
		: BLOCK_NOT;

	if (block)
		block_hard(t, block, before);
	return block;
}

static void
match_synced(struct matching *t)
{
	const struct object *o = t->o;
	enum how how = how_is_name(o->links.how) ? o->links.how : HOW_NOT;

	if (anchor_differs(t->m, o))
		doubt_add(t->o, DOUBT_ANCHOR);
	if (has_chosen_anchor(t->m, o) &&
	    anchor_counts_of_groups(model_policy(t->m, o)) == UNKNOWN)
		doubt_add(t->o, DOUBT_GROUP_ANCHOR);
	if (authority_is_cloud(t->m, o, o->links.account))
		block_set_cloud_managed(t->o);
	else if (how && o->links.account->synced != YES)
		match_named(t);
	else if (is_synced(t) && !is_remapped(t))
		set(t, MATCH_SYNCED, ACTION_UPDATE, synced_reasons[how]);
	else if (!is_synced(t))
		match_hard(t);
	if (how)
		doubt_add(t->o, DOUBT_NAME);
}

/* Beside the account of the same name it may have one already. */
static bool
may_have_other(const struct model *m, const struct object *o)
{
	return m->joins[section_twin(section_of(SIDE_AD, o->kind))].open;
}

/* An account with its SID may be its own: converted, for all that is known. */
static void
doubt_parted(const struct model *m, struct object *o)
{
	if (!o->links.has_parted)
		return;
	if (!model_complete(m, TENANT_SYNC_BEHAVIOR))
		doubt_add(o, DOUBT_AUTHORITY);
	if (o->kind == KIND_GROUP)
		doubt_add(o, DOUBT_PARTED);
}

static void
match_softly(struct matching *t)
{
	struct object *o = t->o;

	if (authority_is_cloud(t->m, o, o->links.account)) {
		block_set_cloud_managed(o);
		return;
	}
	if (o->kind == KIND_GROUP &&
	    !model_covers(t->m, TENANT_GROUPS, ATTR_GROUP_TYPES))
		doubt_add(o, DOUBT_GROUP_TYPE);
	if (block_may_be_converted(t->m, o))
		doubt_add(o, DOUBT_AUTHORITY);
	if (!block_rights_known(t->m, o))
		doubt_add(o, DOUBT_RIGHTS);
	if (may_have_other(t->m, o))
		doubt_add(o, DOUBT_OPEN);
	if (o->kind == KIND_USER &&
	    !model_covers(t->m, TENANT_USERS, ATTR_IMMUTABLE_ID))
		doubt_add(o, DOUBT_ANCHORS);
	doubt_parted(t->m, o);
	/* It is on by default, in tenants that are not very old. */
	if (o->links.how == HOW_UPN && t->m->features.soft_on_upn == UNKNOWN)
		doubt_add(o, DOUBT_SOFT_NAME);
	if (o->links.how == HOW_UPN && o->forecast.line.upn &&
	    model_is_federated(t->m, address_domain(o->forecast.line.upn)))
		doubt_add(o, DOUBT_FEDERATED);
	set(t, MATCH_SOFT, ACTION_MATCH, o->links.how == HOW_SMTP
	    ? "soft match: a cloud account has the primary address"
	    : "soft match: a cloud account has the UPN");
}

/* Whether the account among the deleted users comes back. */
static bool
match_deleted(struct matching *t)
{
	struct object *o = t->o;
	struct doubts before = o->forecast.doubts;
	enum block block;

	if (!anchor_is_restorable(t->m, o))
		return false;
	block = hard_match_block(t->m, o, o->links.restorable);
	o->forecast.line.matched_id = match_id(t->arena,
	                                       &o->links.restorable->id);
	if (block) {
		block_hard(t, block, before);
		return true;
	}
	set(t, MATCH_HARD, ACTION_RESTORE, "hard match: the account is among "
	    "the deleted users and is restored");
	return true;
}

static bool
is_tenant_known(const struct model *m, enum kind kind)
{
	enum section s = section_twin(section_of(SIDE_AD, kind));

	return s != SECTION_COUNT && model_complete(m, s);
}

/* Neither an account nor a deleted one; where all was looked at. */
static void
match_nothing(struct matching *t)
{
	const struct model *m = t->m;
	struct object *o = t->o;

	if (!is_tenant_known(m, o->kind)) {
		doubt_add(o, m->tenant ? DOUBT_ACCOUNTS : DOUBT_NO_TENANT);
		set(t, MATCH_UNKNOWN, ACTION_UNKNOWN, NULL);
		return;
	}
	if (o->links.is_open || o->links.has_namesake) {
		doubt_add(o, o->links.is_open ? DOUBT_OPEN : DOUBT_NAMESAKE);
		set(t, MATCH_UNKNOWN, ACTION_UNKNOWN, o->links.is_open
		    ? "not known: no account is joined with it, but some tell "
		    "nothing to join them by"
		    : "not known: one of the deleted users has the same name");
		return;
	}
	/* Where nothing was synchronized, nothing of it was deleted. */
	if (o->kind == KIND_USER && fact_is(m, FACT_SYNCED) == YES &&
	    (!model_complete(m, TENANT_DELETED_USERS) ||
	     m->joins[TENANT_DELETED_USERS].open))
		doubt_add(o, DOUBT_DELETED);
	if (o->kind == KIND_CONTACT && fact_is(m, FACT_SYNCED_CONTACTS) == YES)
		doubt_add(o, DOUBT_CONTACT_ANCHOR);
	if (has_chosen_anchor(m, o))
		doubt_add(o, DOUBT_GROUP_ANCHOR);
	doubt_parted(m, o);
	if (o->ad.created != WHEN_NONE &&
	    o->ad.created > snapshot_collected(m->tenant))
		doubt_add(o, DOUBT_BETWEEN);
	set(t, MATCH_CREATE, ACTION_CREATE, o->links.has_parted
	    ? "no account has its source anchor or names: one was "
	    "synchronized from it before, but is not matched by that; the SID "
	    "that both have may be refused (AttributeValueMustBeUnique)"
	    : "the tenant has no account for it");
}

/* This server neither made the account nor deletes it. */
static void
match_elsewhere(struct matching *t)
{
	const struct account *account = t->o->links.account;

	if (how_is_name(t->o->links.how))
		doubt_add(t->o, DOUBT_NAME);
	doubt_add(t->o, DOUBT_ELSEWHERE);
	if (account && account->synced == YES)
		set(t, MATCH_SYNCED, ACTION_NONE, "its account is synchronized "
		    "by another engine, or was: this server leaves it alone");
	else
		set(t, MATCH_NONE, ACTION_NONE, NULL);
}

static void
match_outside(struct matching *t)
{
	const struct object *o = t->o;
	bool managed = o->links.account &&
		authority_is_cloud(t->m, o, o->links.account);

	if (how_is_name(o->links.how))
		doubt_add(t->o, DOUBT_NAME);
	if (o->links.is_open)
		doubt_add(t->o, DOUBT_OPEN);
	if (o->links.account && o->links.account->synced == YES && !managed)
		set(t, MATCH_NONE, ACTION_DELETE,
		    "it is out of scope, and its account is synchronized");
	else if (o->links.is_open ||
	         (o->links.account && o->links.account->open) ||
	         (o->kind != KIND_COMPUTER && !is_tenant_known(t->m, o->kind)))
		set(t, MATCH_NONE, ACTION_UNKNOWN, NULL);
	else
		set(t, MATCH_NONE, ACTION_NONE, NULL);
	if (managed && o->links.account->synced == YES)
		doubt_add(t->o, DOUBT_STILL_SYNCED);
}

/* What the tenant synchronizes already is in scope, whoever says so. */
static void
doubt_scope(const struct model *m, struct object *o)
{
	if (model_policy(m, o)->has_scope || o->scope.state != SCOPE_IN ||
	    o->forecast.line.match == MATCH_SYNCED)
		return;
	doubt_add(o, fact_is(m, FACT_SYNCED) == YES ? DOUBT_SCOPE
	                                            : DOUBT_NO_SCOPE);
}

void
match_object(const struct model *m, struct object *o, struct arena *a)
{
	struct matching t = { .m = m, .o = o, .arena = a };

	if (o->scope.cause == SCOPE_BY_CONNECTOR)
		match_elsewhere(&t);
	else if (o->scope.state != SCOPE_IN)
		match_outside(&t);
	else if (o->links.how == HOW_SMTP || o->links.how == HOW_UPN)
		match_softly(&t);
	else if (o->links.account)
		match_synced(&t);
	else if (!match_deleted(&t))
		match_nothing(&t);
	doubt_scope(m, o);
}
