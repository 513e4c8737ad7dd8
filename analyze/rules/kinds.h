/* Kinds of objects in a rule's row. */
#ifndef ANALYZE_RULES_KINDS_H
#define ANALYZE_RULES_KINDS_H

#include "analyze/object/object.h"

#define KIND_BIT(k) (1u << (k))
/* The recipients that engines synchronize. */
#define KINDS_SYNCED (KIND_BIT(KIND_USER) | KIND_BIT(KIND_GROUP) | \
                      KIND_BIT(KIND_CONTACT))
/* All kinds that mail is sent to. */
#define KINDS_OF_RECIPIENTS (KINDS_SYNCED | KIND_BIT(KIND_FOLDER) | \
                             KIND_BIT(KIND_DYNAMIC_GROUP))

#endif
