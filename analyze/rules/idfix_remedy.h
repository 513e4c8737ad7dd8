/* Whether what IdFix would write is safe. */
#ifndef ANALYZE_RULES_IDFIX_REMEDY_H
#define ANALYZE_RULES_IDFIX_REMEDY_H

#include "analyze/rules/propose.h"

struct check;
struct idfix_value;

/*
 * V->now in the place of V->was, through all that other proposals have to pass
 * (propose.h); or why it is not proposed.
 */
struct remedy idfix_remedy(struct check *c, const struct idfix_value *v);

#endif
