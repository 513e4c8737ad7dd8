/* msExchPoliciesIncluded, msExchPoliciesExcluded. */
#ifndef ANALYZE_OBJECT_POLICIES_H
#define ANALYZE_OBJECT_POLICIES_H

#include "analyze/object/object.h"

/*
 * Whether e-mail address policies are among those, into *TO, if that is UNKNOWN
 * and there are any. 0, or -1 if they are no texts.
 */
int policies_read(const struct pick *pick, struct arena *a, enum tristate *to);

#endif
