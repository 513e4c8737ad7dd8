/*
 * Objects of AD that sync takes for one: users with the same source anchor, and
 * a contact with the mail of a user, or of another contact ("Understanding
 * Users, Groups, and Contacts"; the join rules of the default configuration).
 * The first stands for all; the others get no account of their own.
 */
#ifndef ANALYZE_FORECAST_JOINED_H
#define ANALYZE_FORECAST_JOINED_H

#include "analyze/forecast/quarantine.h"

/* Who is one with the object at hand; JOINED_NOT: nobody. Texts are in A. */
struct joined {
	enum joined_end end;
	const char *who;
};

struct joined joined_ask(struct quarantine *c, const struct object *o,
                         struct arena *a);

#endif
