/* What the policy decides of what is read. */
#include "analyze/policy/policy.h"

#include "analyze/policy/filter_value.h"

struct wanted
policy_wanted(const struct policy *p)
{
	const struct custom_attributes *c = p->custom;

	return (struct wanted){
		.custom = c ? c->names : NULL,
		.custom_count = c ? c->count : 0,
		.plans = p->licensing != LICENSING_ALL &&
		         p->licensing != LICENSING_NONE,
	};
}
