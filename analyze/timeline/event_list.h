/* The events of one object, on their way into a line. */
#ifndef ANALYZE_TIMELINE_EVENT_LIST_H
#define ANALYZE_TIMELINE_EVENT_LIST_H

#include "analyze/timeline/timeline.h"

struct events {
	const struct past_means *t;
	struct timeline_event *items;        /* freed by events_put */
	size_t count, room;
	/* Something that older snapshots, or a stamp, alone can tell. */
	bool happened;
};

/* Of a timeline event nothing but what, side and how sure. */
struct timeline_event event_of(enum happened what, enum side side,
                               enum event_sure sure);
/* It is one of those for which the line is written. */
void events_add(struct events *e, const struct timeline_event *one);
/* It stands beside others. */
void events_add_beside(struct events *e, const struct timeline_event *one);
bool events_has(const struct events *e, enum happened what,
                const char *attribute);

/* The GUID as lines have it. */
const char *events_guid(const struct guid *guid, struct arena *a);
/* Puts the line, if anything happened, and frees the events. */
void events_put(struct events *e, struct timeline *line,
                struct findings_batch *to);

#endif
