/* Finds and dates what happened between two looks at an object. */
#include "analyze/rules/history.h"

#include <stdio.h>
#include <string.h>

bool
history_find(const struct object *o, bool (*was)(const struct history *s),
             struct history_event *out)
{
	for (const struct history *s = o->links.history; s; s = s->older) {
		if (!was(s))
			continue;
		*out = (struct history_event){
			.after = s->when, .by = s->newer[TELLS_PLACE],
			.before = s
		};
		return true;
	}
	return false;
}

static struct history_look
look_at(const struct object *o)
{
	return (struct history_look){
		.scope = o->scope.state, .enabled = o->enabled, .dn = o->dn,
		.control = o->ad.control,
		.control_stamp = o->ad.control_stamp,
		.name_stamp = o->ad.name_stamp,
	};
}

/* What a line says of enabling and scope the load has settled. */
static struct history_look
look_back(const struct history *s)
{
	struct history_look out = look_at(s->then);

	out.scope = s->scope;
	out.unplaced = s->unplaced;
	out.enabled = s->enabled;
	return out;
}

static void
begin(struct history_walk *w)
{
	if (w->began)
		return;
	w->began = true;
	w->at = w->o->links.history;
	w->newer = look_at(w->o);
}

bool
history_next(struct history_walk *w, struct history_step *out)
{
	begin(w);
	if (!w->at)
		return false;
	*out = (struct history_step){
		.older = look_back(w->at), .newer = w->newer,
		.after = w->at->when, .before = w->at,
		.by = w->at->newer[TELLS_ENABLED],
		.placed_by = w->at->newer[TELLS_PLACE],
	};
	w->newer = out->older;
	w->at = w->at->older;
	return true;
}

const struct history_look *
history_oldest(struct history_walk *w)
{
	begin(w);
	return &w->newer;
}

struct history_event
history_event_of(const struct history_step *s)
{
	return (struct history_event){
		.after = s->after, .by = s->by, .before = s->before
	};
}

struct history_event
history_move_of(const struct history_step *s)
{
	return (struct history_event){
		.after = s->after, .by = s->placed_by, .before = s->before
	};
}

void
history_date_by(struct history_event *e, const struct stamp *older,
                const struct stamp *newer)
{
	if (!newer->version || newer->when <= e->after || newer->when > e->by)
		return;
	e->by = newer->when;
	if (!older->version || newer->version != older->version + 1)
		return;
	e->after = e->by;
	e->dated = true;
}

void
history_date(struct history_event *e, const struct stamp *stamp)
{
	if (!stamp->version || stamp->when <= e->after || stamp->when > e->by)
		return;
	e->after = e->by = stamp->when;
	e->dated = true;
}

struct told_event
history_told(const struct history_event *e, enum event_what what)
{
	if (e->remembered)
		return e->remembered->event;
	return (struct told_event){
		.what = what, .after = e->after, .by = e->by,
		.sure = e->before ? EVENT_SEEN : EVENT_STAMPED,
	};
}

const char *
history_text(const struct history_event *e, struct arena *a)
{
	char from[WHEN_TEXT], to[WHEN_TEXT], out[96];

	when_format_day(e->after, from);
	when_format_day(e->by, to);
	/* An earlier run may not have known it. */
	if (e->by == WHEN_NONE)
		return "at a time that is not known";
	if (e->after == WHEN_NONE)
		snprintf(out, sizeof(out), "by %s", to);
	else if (strcmp(from, to) == 0)
		snprintf(out, sizeof(out), "on %s", to);
	else
		snprintf(out, sizeof(out), "between %s and %s", from, to);
	return arena_strdup(a, out);
}
