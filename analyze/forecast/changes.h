/*
 * What sync will change in the account that an AD object has already: the
 * forecast against the present tenant. What was not collected of the tenant is
 * not compared.
 */
#ifndef ANALYZE_FORECAST_CHANGES_H
#define ANALYZE_FORECAST_CHANGES_H

#include <stdbool.h>

struct arena;
struct model;
struct object;

/* Whether anything changes, by what is kept of the account. */
bool changes_any(const struct model *m, const struct object *o);
/* Lists what changes of TWIN in o->forecast; texts are theirs, or in A. */
void changes_list(const struct model *m, struct object *o,
                  const struct object *twin, struct arena *a);

#endif
