/* When what was found may have been mended. */
#include "analyze/findings/repair_times.h"

#include <string.h>

#include "analyze/findings/repair.h"
#include "analyze/findings/timeline_told.h"
#include "base/utf8.h"

/* What is proof of which findings. */
enum mends {
	MENDS_IF_GONE,             /* nobody restored it */
	MENDS_ACCOUNTS,            /* what is of the account */
	MENDS_SIGN_IN, MENDS_LEFT_SCOPE, MENDS_ATTRIBUTE
};

/* The better evidence first. */
static const struct mending {
	enum happened what;
	enum mends mends;
	const char *told;
} mendings[] = {
	{ HAPPENED_DELETED, MENDS_IF_GONE, "the object was deleted" },
	{ HAPPENED_PASSWORD_SET, MENDS_SIGN_IN, "its password was set" },
	{ HAPPENED_RETURNED, MENDS_LEFT_SCOPE, "it came back into scope" },
	{ HAPPENED_RESTORED, MENDS_LEFT_SCOPE, "it was restored" },
	{ HAPPENED_SOFT_DELETED, MENDS_ACCOUNTS, "its account was deleted" },
	{ HAPPENED_VALUE_CHANGED, MENDS_ATTRIBUTE,
	  "the attribute was changed" },
	{ HAPPENED_VALUE_CLEARED, MENDS_ATTRIBUTE,
	  "the attribute was cleared" },
};

enum { MENDINGS = sizeof(mendings) / sizeof(mendings[0]) };

static bool
mends(enum mends how, const struct repair *r, const struct timeline_event *e)
{
	const char *attribute = r->flaw->attribute;

	switch (how) {
	case MENDS_SIGN_IN:
		return r->event.what == EVENT_RETURNED_TO_SCOPE ||
		       r->event.what == EVENT_ENABLED ||
		       (attribute && ascii_casecmp(attribute,
		                                   "pwdLastSet") == 0);
	case MENDS_LEFT_SCOPE:
		return r->event.what == EVENT_LEFT_SCOPE;
	case MENDS_ATTRIBUTE:
		return attribute && e->attribute &&
		       e->side == (r->of_ad ? TOLD_AD : TOLD_TENANT) &&
		       ascii_casecmp(attribute, e->attribute) == 0;
	case MENDS_ACCOUNTS:
		return !r->of_ad || r->event.what == EVENT_LEFT_SCOPE;
	default:
		return !r->flaw->told[AFTER].is;
	}
}

/* The number of the mending; MENDINGS: it says nothing of a repair. */
static size_t
mending_of(const struct repair *r, const struct timeline_event *e)
{
	size_t i = 0;

	while (i < MENDINGS && (mendings[i].what != e->what ||
	                        !mends(mendings[i].mends, r, e)))
		i++;
	return i;
}

/* That of what is known to have happened. */
static size_t
known_of(const struct repair *r)
{
	size_t i = 0;

	while (i < MENDINGS && mendings[i].told != r->happened)
		i++;
	return i;
}

void
repair_take_times(struct repair *r, const struct timeline *t, when_t since)
{
	size_t best = known_of(r);
	/* What ended before the finding was made did not mend it. */
	when_t from = r->event.what != EVENT_NONE && r->event.by != WHEN_NONE
		? r->event.by : since;

	for (size_t k = 0; k < t->event_count; k++) {
		const struct timeline_event *e = &t->events[k];
		size_t i = mending_of(r, e);

		if (i >= best || e->by == WHEN_NONE || e->by <= from)
			continue;
		best = i;
		r->happened = mendings[i].told;
		r->dates_value = mendings[i].mends == MENDS_ATTRIBUTE;
		r->dated[0] = e->after;
		r->dated[1] = e->by;
	}
}
