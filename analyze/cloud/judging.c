/* What all limits of Cloud Sync are judged by. */
#include "analyze/cloud/judging.h"

#include <inttypes.h>
#include <stdio.h>

#include "base/mem.h"

const struct policy *
cloud_policy(const struct model *m, size_t i)
{
	return m->domains.forest_count ? m->domains.forests[i].policy
	                               : m->policy;
}

size_t
cloud_policies(const struct model *m)
{
	return m->domains.forest_count ? m->domains.forest_count : 1;
}

bool
cloud_scope_is_known(const struct model *m)
{
	for (size_t i = 0; i < cloud_policies(m); i++)
		if (!cloud_policy(m, i)->has_scope)
			return false;
	return true;
}

const char *
cloud_tell(struct cloud_judging *d, uint64_t n, const char *what)
{
	char text[200];

	snprintf(text, sizeof(text), "%" PRIu64 " %s", n, what);
	return arena_strdup(d->arena, text);
}

void
limit_unknown(struct cloud_limit *l, const char *look_at)
{
	l->state = LIMIT_UNKNOWN;
	l->evidence = look_at;
}

void
limit_not_met(struct cloud_limit *l, uint64_t count, const char *evidence)
{
	l->state = LIMIT_NOT_MET;
	l->count = count;
	l->evidence = evidence;
}

void
limit_exceeded(struct cloud_judging *d, struct cloud_limit *l, uint64_t n,
               const char *what)
{
	limit_not_met(l, n, cloud_tell(d, n, what));
}

void
limit_met(struct cloud_limit *l, const char *evidence)
{
	l->state = LIMIT_MET;
	l->evidence = evidence;
}
