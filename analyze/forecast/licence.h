/*
 * Who has, or will have, an Exchange Online licence: by the policy, an edit, or
 * the plans of the account in the tenant.
 */
#ifndef ANALYZE_FORECAST_LICENCE_H
#define ANALYZE_FORECAST_LICENCE_H

#include <stdbool.h>

#include "analyze/forecast/forecast.h"

/* Whether that was guessed: the tenant decides, and did not tell its plans. */
bool licence_is_guessed(const struct model *m, const struct object *o);
/* Whether the account has a licence of any kind; O has one. */
enum tristate licence_is_any(const struct model *m, const struct object *o);

#endif
