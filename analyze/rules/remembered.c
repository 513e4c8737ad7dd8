/* What a finding of an earlier run told of an object (--baseline). */
#include "analyze/rules/remembered.h"

bool
remembered_find(const struct object *o, enum event_what what,
                struct history_event *out)
{
	const struct remembered *r = o->links.remembered;

	while (r && r->event.what != what)
		r = r->next;
	if (!r)
		return false;
	*out = (struct history_event){
		.after = r->event.after, .by = r->event.by,
		.dated = r->event.after == r->event.by, .remembered = r,
	};
	return true;
}
