/* The source anchor of an object, and the accounts that it leads to. */
#include "analyze/model/model.h"

#include <string.h>

#include "analyze/model/account.h"
#include "analyze/policy/policy.h"
#include "base/hash.h"

/* Whether the account has this GUID as immutableId. */
static bool
is_anchor(const struct object *o, const struct guid *g)
{
	return o->links.account && o->links.account->anchored &&
	       o->links.account->anchor == hash_bytes(g, sizeof(*g));
}

enum tristate
anchor_counts_of_groups(const struct policy *p)
{
	static const struct build first = { { 1, 5, 18, 0 } };

	if (p->anchor == ANCHOR_OBJECT_GUID || p->engine == ENGINE_DIRSYNC ||
	    p->engine == ENGINE_AADSYNC)
		return NO;
	if (p->engine == ENGINE_CLOUD_SYNC || !p->has_version)
		return UNKNOWN;
	return build_compare(&p->version, &first) < 0 ? NO
		: p->anchor == ANCHOR_UNSAID ? UNKNOWN : YES;
}

bool
anchor_is_said(const struct policy *p)
{
	return p->anchor != ANCHOR_UNSAID || p->engine == ENGINE_DIRSYNC ||
	       p->engine == ENGINE_CLOUD_SYNC;
}

bool
anchor_is_chosen(const struct policy *p, const struct object *o)
{
	if (!o->ad.has_consistency_guid || p->anchor == ANCHOR_OBJECT_GUID)
		return false;
	return o->kind == KIND_USER || (o->kind == KIND_GROUP &&
	                                anchor_counts_of_groups(p) != NO);
}

const struct guid *
anchor_of(const struct model *m, const struct object *o)
{
	const struct policy *p = model_policy(m, o);

	/* An account that has the objectGUID shows what sync goes by. */
	if (anchor_is_chosen(p, o) &&
	    !(p->anchor == ANCHOR_UNSAID && is_anchor(o, &o->guid)))
		return &o->ad.consistency_guid;
	return o->has_guid ? &o->guid : NULL;
}

bool
anchor_differs(const struct model *m, const struct object *o)
{
	const struct guid *g = anchor_of(m, o);

	return o->links.account && o->links.account->anchored && g &&
	       !how_is_name(o->links.how) && !is_anchor(o, g);
}

bool
deleted_is_purged(const struct model *m, when_t since)
{
	return since != WHEN_NONE && since + RESTORE_DAYS * WHEN_DAY < m->as_of;
}

bool
anchor_is_restorable(const struct model *m, const struct object *o)
{
	const struct account *deleted = o->links.restorable;

	return deleted && !deleted_is_purged(m, deleted->deleted_when);
}
