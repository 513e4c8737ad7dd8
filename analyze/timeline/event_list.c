/* The events of one object as a list, and the line that they make. */
#include "analyze/timeline/event_list.h"

#include <stdlib.h>
#include <string.h>

#include "base/list.h"

static enum told_side
told(enum side side)
{
	return side == SIDE_AD ? TOLD_AD : TOLD_TENANT;
}

struct timeline_event
event_of(enum happened what, enum side side, enum event_sure sure)
{
	return (struct timeline_event){
		.what = what, .side = told(side), .sure = sure,
		.after = WHEN_NONE, .by = WHEN_NONE, .until = WHEN_NONE,
	};
}

void
events_add_beside(struct events *e, const struct timeline_event *one)
{
	LIST_RESERVE(e->items, e->room, e->count + 1);
	e->items[e->count++] = *one;
}

void
events_add(struct events *e, const struct timeline_event *one)
{
	events_add_beside(e, one);
	e->happened = true;
}

bool
events_has(const struct events *e, enum happened what, const char *attribute)
{
	for (size_t i = 0; i < e->count; i++)
		if (e->items[i].what == what &&
		    (!attribute || (e->items[i].attribute &&
		                    strcmp(e->items[i].attribute,
		                           attribute) == 0)))
			return true;
	return false;
}

/* ---- the line ---- */

static int
newest_first(const void *a, const void *b)
{
	const struct timeline_event *x = a, *y = b;

	if (x->by != y->by)
		return x->by > y->by ? -1 : 1;
	if (x->after != y->after)
		return x->after > y->after ? -1 : 1;
	if (x->side != y->side)
		return x->side < y->side ? -1 : 1;
	if (x->what != y->what)
		return x->what > y->what ? -1 : 1;
	if (!x->attribute || !y->attribute)
		return !!y->attribute - !!x->attribute;
	return strcmp(x->attribute, y->attribute);
}

void
events_put(struct events *e, struct timeline *line, struct findings_batch *to)
{
	if (e->happened) {
		qsort(e->items, e->count, sizeof(*e->items), newest_first);
		line->events = e->items;
		line->event_count = e->count;
		findings_put_timeline(to, line);
	}
	free(e->items);
	*e = (struct events){ .t = e->t };
}

const char *
events_guid(const struct guid *guid, struct arena *a)
{
	char text[GUID_TEXT];

	guid_format(guid, text);
	return arena_strdup(a, text);
}
