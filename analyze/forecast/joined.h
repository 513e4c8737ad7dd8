/*
 * Objects of AD that sync takes for one (model.h, joined_pair). One stands for
 * all: an enabled account, else a disabled one, never a contact
 * ("Understanding Users, Groups, and Contacts"); the others get no account of
 * their own. Of groups with one source anchor the first keeps it.
 */
#ifndef ANALYZE_FORECAST_JOINED_H
#define ANALYZE_FORECAST_JOINED_H

#include "analyze/forecast/quarantine.h"

/* Who is one with the object at hand; texts and objects are in A. */
struct joined joined_ask(struct quarantine *c, const struct object *o,
                         struct arena *a);
/*
 * Fills the forecast of O, for which another object stands, its
 * forecast.joined; texts are in A.
 */
void joined_forecast(const struct model *m, struct object *o,
                     struct arena *a);
/* Gives O, which stands for another one, what that has and it has not. */
void joined_take(struct object *o, struct arena *a);
/* Says of a linked mailbox, which has no account, who has what it has. */
void joined_tell_master(struct object *o, struct arena *a);
/* Adds what it makes of how sure the forecast of O is. */
void joined_doubt(struct object *o);
/* The same of others that it may be one with, which nobody knows. */
void joined_doubt_open(const struct model *m, struct object *o);

#endif
