/* The way of a finding out of the rules. */
#include "analyze/rules/running.h"

#include "analyze/waivers/waivers.h"

/* All that was decided before, such as what follows, no waiver changes. */
void
check_put(struct check *c, const struct finding *f)
{
	struct finding out = *f;

	waivers_apply(c->plan->of.waivers, &out);
	findings_put(c->batch, &out);
}
