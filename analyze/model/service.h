/*
 * What the tenant's service does, by its settings and by the day. A part of the
 * model's header.
 */
#ifndef ANALYZE_MODEL_SERVICE_H
#define ANALYZE_MODEL_SERVICE_H

#include "analyze/object/object.h"

struct model;

/* What the tenant says of its synchronization; UNKNOWN: it does not. */
struct features {
	enum tristate block_hard, block_soft, soft_on_upn, password_sync;
	enum tristate upn_follows;   /* of managed users with a licence */
	enum tristate remap;         /* onPremisesObjectIdentifier may change */
};

/* ---- changes of the service (rollout.c) ---- */

/*
 * Changes of 2026 that Microsoft rolled out from tenant to tenant, whatever
 * engine synchronizes ("Microsoft Entra Connect: When you have an existing
 * tenant", Hard match security protections).
 */
enum rollout {
	ROLLOUT_ROLES,           /* no hard match with who holds a role */
	ROLLOUT_REMAP,           /* none where another object is mapped */
};
enum rollout_state { ROLLOUT_TO_COME, ROLLOUT_BEGUN, ROLLOUT_DONE };
/* On the day when the tenant was collected. */
enum rollout_state rollout_of(const struct model *m, enum rollout r);

#endif
