/* Events. */
#include "analyze/rules/event.h"

#include <stdio.h>

bool
event_find(const struct object *o, bool (*was)(const struct sighting *s),
           struct event *out)
{
	for (const struct sighting *s = o->past; s; s = s->older) {
		if (!was(s))
			continue;
		*out = (struct event){
			.after = s->when, .by = s->newer, .before = s
		};
		return true;
	}
	return false;
}

void
event_date(struct event *e, const struct stamp *stamp)
{
	if (!stamp->version || stamp->when <= e->after || stamp->when > e->by)
		return;
	e->after = e->by = stamp->when;
	e->dated = true;
}

const char *
event_text(const struct event *e, struct arena *a)
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
event_is_after_password(const struct event *e, const struct object *o)
{
	return o->password_set != WHEN_NONE && o->password_set <= e->after;
}
