/* How the limits of Cloud Sync are judged, one by one: a part of this room. */
#ifndef ANALYZE_CLOUD_JUDGING_H
#define ANALYZE_CLOUD_JUDGING_H

#include "analyze/findings/findings.h"
#include "analyze/model/model.h"
#include "analyze/policy/policy.h"

#define LOOK_EXPORT "look at the sync server's export (analyze --scope)"
#define LOOK_SCOPE "the scope is not known: " LOOK_EXPORT \
	", or say it in the policy"
#define LOOK_FORECAST "not all objects were judged: run all rules"

struct cloud_judging {
	const struct model *m;
	struct cloud_counts counts;
	bool judged;               /* all objects were, so that they count */
	struct arena *arena;
};

/* The policies of the forests that were read, one by one. */
size_t cloud_policies(const struct model *m);
const struct policy *cloud_policy(const struct model *m, size_t i);
/* Whether all of them say the scope. */
bool cloud_scope_is_known(const struct model *m);
/* "N WHAT", in the arena. */
const char *cloud_tell(struct cloud_judging *d, uint64_t n, const char *what);

void limit_met(struct cloud_limit *l, const char *evidence);
void limit_not_met(struct cloud_limit *l, uint64_t count,
                   const char *evidence);
/* Not met: "N WHAT". */
void limit_exceeded(struct cloud_judging *d, struct cloud_limit *l,
                    uint64_t n, const char *what);
void limit_unknown(struct cloud_limit *l, const char *look_at);

/* Each fills state, count and evidence. */
typedef void judge_limit(struct cloud_judging *d, struct cloud_limit *l);

#endif
