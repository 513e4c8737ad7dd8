/* What the tenant refuses of a hard match. */
#include "analyze/forecast/hard_match.h"

#include <string.h>

#include "analyze/forecast/block.h"
#include "analyze/forecast/doubt.h"
#include "analyze/model/model.h"
#include "base/hash.h"

static bool
is_enforced(const struct model *m, struct object *o, enum rollout r)
{
	enum rollout_state is = rollout_of(m, r);

	if (is == ROLLOUT_BEGUN)
		doubt_add(o, DOUBT_ROLLOUT);
	return is != ROLLOUT_TO_COME;
}

static uint64_t
print_of(const struct object *o)
{
	return o->has_guid ? hash_bytes(&o->guid, sizeof(o->guid)) : 0;
}

/* O's own objectGUID, or that of who sync takes for the same. */
static bool
is_mapped_to(const struct account *account, const struct object *o)
{
	const struct object *other = o->forecast.joined.other;

	return account->mapped == print_of(o) ||
	       (other && account->mapped == print_of(other));
}

/* The source anchor is not the objectGUID, so that another may be mapped. */
static bool
has_other_anchor(const struct model *m, const struct object *o)
{
	const struct guid *g = anchor_of(m, o);

	return g && memcmp(g, &o->guid, sizeof(*g)) != 0;
}

enum block
hard_match_remap(const struct model *m, struct object *o,
                 const struct account *account)
{
	if (!account->mapped || !o->has_guid || is_mapped_to(account, o) ||
	    m->features.remap == YES ||
	    authority_is_cloud(m, o, account) ||
	    !is_enforced(m, o, ROLLOUT_REMAP))
		return BLOCK_NOT;
	if (m->features.remap == UNKNOWN)
		doubt_add(o, DOUBT_RIGHTS);
	return BLOCK_REMAP;
}

/* Whether the roles that it holds count as privileged. */
static void
doubt_rank(const struct model *m, struct object *o,
           const struct account *account)
{
	if (guid_set_has(&m->holders[ROLE_UNRANKED], &account->id))
		doubt_add(o, DOUBT_ROLE);
	else if (guid_set_has(&m->holders[ROLE_PLAIN], &account->id))
		doubt_add(o, DOUBT_PLAIN_ROLE);
}

/* Roles that were not collected may stand in the way. */
static void
doubt_roles(const struct model *m, struct object *o,
            const struct account *account)
{
	if (rollout_of(m, ROLLOUT_ROLES) == ROLLOUT_TO_COME)
		return;
	doubt_rank(m, o, account);
	if (!model_complete(m, TENANT_ROLE_MEMBERS) ||
	    (m->admins_by_group && !model_complete(m, TENANT_GROUP_MEMBERS)))
		doubt_add(o, DOUBT_RIGHTS);
	else if (!roles_know_eligible(m))
		doubt_add(o, DOUBT_ELIGIBLE);
}

/* Who never was synchronized is mapped to nothing. */
static bool
was_synced(const struct model *m, const struct account *account)
{
	return account->synced != UNKNOWN ||
	       !model_covers(m, TENANT_USERS, ATTR_SYNCED);
}

/* And so may the object that the account is mapped to. */
static void
doubt_mapping(const struct model *m, struct object *o,
              const struct account *account)
{
	if (rollout_of(m, ROLLOUT_REMAP) == ROLLOUT_TO_COME ||
	    m->features.remap == YES)
		return;
	if (account->mapped)
		doubt_add(o, DOUBT_SAME_OBJECT);
	else if ((has_other_anchor(m, o) || was_synced(m, account)) &&
	         !model_covers(m, TENANT_USERS, ATTR_SYNC_OBJECT))
		doubt_add(o, DOUBT_MAPPING);
}

/* All that does. */
static unsigned
blocks_of(const struct model *m, struct object *o,
          const struct account *account)
{
	struct doubts before = o->forecast.doubts;
	unsigned blocks = 0;

	if (guid_set_has(&m->holders[ROLE_PRIVILEGED], &account->id) &&
	    is_enforced(m, o, ROLLOUT_ROLES))
		blocks |= 1u << BLOCK_HARD_ADMIN;
	if (hard_match_remap(m, o, account))
		blocks |= 1u << BLOCK_REMAP;
	if (m->features.block_hard != YES)
		return blocks;
	/* That it is refused hangs on nothing else then. */
	o->forecast.doubts = before;
	return blocks | 1u << BLOCK_HARD_OFF;
}

enum block
hard_match_block(const struct model *m, struct object *o,
                 const struct account *account)
{
	o->forecast.blocks = blocks_of(m, o, account);
	if (o->forecast.blocks)
		return block_first(o->forecast.blocks);
	if (m->features.block_hard == UNKNOWN)
		doubt_add(o, DOUBT_RIGHTS);
	doubt_roles(m, o, account);
	doubt_mapping(m, o, account);
	return BLOCK_NOT;
}
