/* Finds and dates what happened between two looks at an object. */
#include "analyze/rules/history.h"

#include <stdio.h>

bool
history_find(const struct object *o, bool (*was)(const struct history *s),
             struct history_event *out)
{
	for (const struct history *s = o->links.history; s; s = s->older) {
		if (!was(s))
			continue;
		*out = (struct history_event){
			.after = s->when, .by = s->newer, .before = s
		};
		return true;
	}
	return false;
}

void
history_date(struct history_event *e, const struct stamp *stamp)
{
	if (!stamp->version || stamp->when <= e->after || stamp->when > e->by)
		return;
	e->after = e->by = stamp->when;
	e->dated = true;
}

const char *
history_text(const struct history_event *e, struct arena *a)
{
	char from[WHEN_TEXT], to[WHEN_TEXT], out[96];

	when_format_day(e->after, from);
	when_format_day(e->by, to);
	if (e->after == e->by)
		snprintf(out, sizeof(out), "on %s", to);
	else
		snprintf(out, sizeof(out), "between %s and %s", from, to);
	return arena_strdup(a, out);
}

bool
history_outdates_password(const struct history_event *e, const struct object *o)
{
	return o->ad.password_set != WHEN_NONE &&
	       o->ad.password_set <= e->after;
}
