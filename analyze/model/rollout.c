/* When the service changed what it refuses. */
#include "analyze/model/model.h"

#define DAYS(n) ((when_t)(n) * 24 * 60 * 60)

/* Days since the epoch, UTC. */
static const struct {
	when_t from, until;
} rollouts[] = {
	/* 2026-06-01 to 2026-07-10: MC1262584 */
	[ROLLOUT_ROLES] = { DAYS(20605), DAYS(20644) },
	/* 2026-07-01 to 2026-10-01: MC1263280 */
	[ROLLOUT_REMAP] = { DAYS(20635), DAYS(20727) },
};

enum rollout_state
rollout_of(const struct model *m, enum rollout r)
{
	when_t now = m->tenant ? snapshot_collected(m->tenant) : WHEN_NONE;

	if (now == WHEN_NONE || now < rollouts[r].from)
		return ROLLOUT_TO_COME;
	return now < rollouts[r].until ? ROLLOUT_BEGUN : ROLLOUT_DONE;
}
