/* What the policy decides of what is read. */
#include "analyze/policy/policy.h"

struct wanted
policy_wanted(const struct policy *p)
{
	const struct filter_set *f = p->filters;

	return (struct wanted){
		.custom = f ? f->custom : NULL,
		.custom_count = f ? f->custom_count : 0,
		.plans = p->licensing != LICENSING_ALL &&
		         p->licensing != LICENSING_NONE,
	};
}
