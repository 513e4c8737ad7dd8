/* What a finding of an earlier run told of an object (--baseline). */
#include "analyze/rules/remembered.h"

#include "base/utf8.h"

static struct history_event
event_of(const struct remembered *r)
{
	return (struct history_event){
		.after = r->event.after, .by = r->event.by,
		.dated = r->event.after == r->event.by &&
			r->event.by != WHEN_NONE, .remembered = r,
	};
}

bool
remembered_find(const struct object *o, enum event_what what,
                struct history_event *out)
{
	const struct remembered *r = o->links.remembered;

	while (r && r->event.what != what)
		r = r->next;
	if (r)
		*out = event_of(r);
	return r;
}

bool
remembered_value(const struct object *o, enum event_what what,
                 const char *attribute, struct history_event *out)
{
	const struct remembered *r = o->links.remembered;

	while (r && (r->event.what != what || !r->attribute ||
	             ascii_casecmp(r->attribute, attribute) != 0))
		r = r->next;
	if (r)
		*out = event_of(r);
	return r;
}

void
remembered_date(struct history_event *own, const struct history_event *told)
{
	if (told->after == WHEN_NONE || told->after < own->after ||
	    told->by == WHEN_NONE || told->by > own->by)
		return;
	own->after = told->after;
	own->by = told->by;
	own->dated = told->dated;
}

const char *
remembered_address(const struct object *o)
{
	const struct remembered *r = o->links.remembered;

	while (r && (r->event.what != EVENT_CLEARED || !r->event.address))
		r = r->next;
	return r ? r->event.address : NULL;
}
