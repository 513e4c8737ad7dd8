/* In which order causes are to be cured, and what is blocked after each. */
#ifndef ANALYZE_FINDINGS_CAUSE_ORDER_H
#define ANALYZE_FINDINGS_CAUSE_ORDER_H

#include "analyze/findings/causes.h"

/*
 * Numbers the causes of T, and fills in how many objects each blocks, alone or
 * with others, and how many are blocked when it and all before it are cured.
 * An object is free when all of its causes are.
 */
void causes_order(struct cause_table *t);

#endif
