/* Where a finding is mended: who owns the attribute, and by what tool. */
#ifndef ANALYZE_RULES_PLACED_H
#define ANALYZE_RULES_PLACED_H

#include "analyze/rules/rule.h"

struct placed {
	const char *fix, *tool;
	enum authority authority;
	enum severity severity;
};

/* Who takes the change: OWNER, but where F says otherwise. */
enum authority authority_mended(const struct failure *f, enum authority owner);
/*
 * Of the failure that the rule that runs reports of O, where AD has one that of
 * AD. A fix never names a place that would not take the change.
 */
struct placed placed_fix(struct check *c, const struct object *o,
                         const struct failure *f);

#endif
