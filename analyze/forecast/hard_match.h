/*
 * What the tenant refuses of a hard match, by its own switch and by the two
 * changes of 2026 ("Microsoft Entra Connect: When you have an existing tenant",
 * Hard match security protections; MC1262584, MC1263280). They are enforced in
 * the service, whatever engine asks.
 */
#ifndef ANALYZE_FORECAST_HARD_MATCH_H
#define ANALYZE_FORECAST_HARD_MATCH_H

#include "analyze/object/object.h"

struct model;

/*
 * Whether the account, which is not synchronized or was deleted, may become
 * O's; doubts are added to O.
 */
enum block hard_match_block(const struct model *m, struct object *o,
                            const struct account *account);
/*
 * The same for an account that is synchronized: it is mapped to another object
 * than O, so that O would be a hard match.
 */
enum block hard_match_remap(const struct model *m, struct object *o,
                            const struct account *account);

#endif
