/*
 * What must be unique in the tenant, as it is claimed: by each object on its
 * way into the model, then by several objects at once.
 */
#ifndef ANALYZE_LOAD_UNIQUE_KEYS_H
#define ANALYZE_LOAD_UNIQUE_KEYS_H

#include "analyze/load/registry.h"

/* Whether values are compared, and objects of the section have any. */
bool unique_matters(const struct registry *g, enum section s);

/*
 * Tenant objects by the values that they hold, as unique_hash; those of deleted
 * users are only in use.
 */
void unique_note_values(const struct registry *g, const struct entry *e);
/* What an AD object claims and has, when its forecast is there. */
void unique_claim(const struct registry *g, const struct entry *e);

/* Notes what the object may share with others. */
void unique_note_joined(const struct registry *g, const struct entry *e);
/*
 * When all of AD is indexed: adds to the claims the objects whose objectGUID
 * is another one's ms-DS-ConsistencyGuid.
 */
void unique_claim_anchors(struct registry *g);

/*
 * Leaves in the model's index only the values that several objects may claim
 * (equal fingerprints prove nothing yet), each with its claimants in order, and
 * makes those suspect and contested. The rest is kept as what is in use,
 * where that is asked for.
 */
void unique_find_contested(struct registry *g);

#endif
