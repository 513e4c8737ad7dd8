/*
 * What an object that is not at hand has of a value: in the tenant, or by the
 * forecast as if nobody else claimed it, or by its account that is in sync.
 */
#ifndef ANALYZE_FORECAST_CLAIMS_H
#define ANALYZE_FORECAST_CLAIMS_H

#include "analyze/forecast/forecast.h"
#include "analyze/object/object.h"

/* The object of a key, an AD object with its account; NULL: failed. In A. */
struct object *claims_read(struct quarantine *c, const struct key *k,
                           struct arena *a);
/*
 * Forecasts O, the object of AD behind the key, as if nobody else claimed
 * anything; false: it gets nothing of its own, or a line could not be read.
 */
bool claims_foresee(struct quarantine *c, const struct key *k,
                    struct object *o, struct arena *a);
/* The object of the key, if it has the value for real, and how; in A. */
const struct object *claims_real(struct quarantine *c, const struct key *k,
                                 enum unique kind, const char *value,
                                 struct arena *a, enum having *how);

#endif
