/* What AD has of an attribute that the tenant owns: nobody takes it. */
#ifndef ANALYZE_RULES_REPLICA_H
#define ANALYZE_RULES_REPLICA_H

#include "analyze/rules/rule.h"

/*
 * Whether the failure that RULE reports of O, of AD, is of a replica alone: the
 * tenant owns the attribute, and the account does not have what was observed.
 */
bool replica_is_all(const struct model *m, const struct rule *rule,
                    const struct object *o, const struct failure *f);

/* Whether VALUE of O's attribute is the tenant's own, whatever AD has. */
bool replica_has_own(const struct model *m, const struct object *o,
                     const char *attribute, const char *value);

#endif
