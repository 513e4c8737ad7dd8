/*
 * The forecast: what the tenant will hold for an AD object after the next
 * sync. Addresses by KB3190357 ("How the proxyAddresses attribute is populated
 * in Microsoft Entra ID", 2023-11-06) and "Microsoft Entra Connect Sync service
 * shadow attributes"; the UPN by "Microsoft Entra UserPrincipalName
 * population".
 */
#ifndef ANALYZE_FORECAST_FORECAST_H
#define ANALYZE_FORECAST_FORECAST_H

#include "analyze/forecast/changes.h"
#include "analyze/forecast/quarantine.h"
#include "analyze/forecast/licence.h"
#include "analyze/forecast/match.h"

struct arena;
struct model;
struct object;

/*
 * Fills o->forecast, whose texts are the object's own, static, or in A. C is
 * asked whose contested values are, and c->failed and c->err say whether that
 * could be read; NULL: as if no other object claimed any.
 */
void forecast_object(const struct model *m, struct object *o, struct arena *a,
                     struct quarantine *c);

#endif
