/*
 * Which account of the tenant an AD object gets: by its source anchor, by its
 * primary SMTP address, by its UPN, or a new one; and what stands in the way
 * ("Microsoft Entra Connect: When you have an existing tenant"; "Understanding
 * errors during Microsoft Entra synchronization"; "Embrace cloud-first posture:
 * source of authority").
 */
#ifndef ANALYZE_FORECAST_MATCH_H
#define ANALYZE_FORECAST_MATCH_H

#include <stdbool.h>

#include "analyze/forecast/forecast.h"

/*
 * Whether an account stands in the way of O, whose forecast is there as if
 * nobody else claimed its values; then says so in the forecast (soft_match.c).
 */
bool match_is_blocked(const struct model *m, struct object *o,
                      struct arena *a, struct quarantine *c);
/* "0c776967-ce7b-7202-a2ba-22551f60345e", in A. */
const char *match_id(struct arena *a, const struct guid *id);
/* Fills match, action and their reasons into the forecast of any other. */
void match_object(const struct model *m, struct object *o, struct arena *a);
#endif
