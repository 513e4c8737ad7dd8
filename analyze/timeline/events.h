/* The events of one object, on their way into a line. */
#ifndef ANALYZE_TIMELINE_EVENTS_H
#define ANALYZE_TIMELINE_EVENTS_H

#include "analyze/timeline/timeline.h"

/*
 * Who makes a user writes userAccountControl and the name several times: within
 * that time nothing happened to it.
 */
enum { MAKING = 60 * 60 };

struct events {
	const struct past_means *t;
	struct timeline_event *items;        /* freed by events_put */
	size_t count, room;
	/* Something that older snapshots, or a stamp, alone can tell. */
	bool happened;
};

/* What is known of an object at the newest look. */
struct newest_look {
	enum side side;
	const struct domain *domain;         /* AD */
	uint32_t values;             /* what it had before: its chain */
	bool knows[LOOK_FACTS];
	const char *texts[LOOK_TARGET + 1];
	uint8_t states[LOOK_FACTS];
	when_t password, deleted, created;   /* or WHEN_NONE */
	when_t restored;             /* AD: by its stamp; likewise */
	bool of_cloud;               /* tenant: it was converted */
	/* Of one that is gone: how sure that is; SURE_COUNT: not at all. */
	enum sure gone;
	when_t buried;               /* AD says that it deleted it then */
};

/* Of a timeline event nothing but what, side and how sure. */
struct timeline_event event_of(enum happened what, enum side side,
                               enum sure sure);
/* It is one of those for which the line is written. */
void events_add(struct events *e, const struct timeline_event *one);
/* It stands beside others. */
void events_add_beside(struct events *e, const struct timeline_event *one);
bool events_has(const struct events *e, enum happened what,
                const char *attribute);

/*
 * Whether the last write of userAccountControl, or of the name, which came at
 * that time, is an event: making and restoring an object write them, too.
 */
bool events_is_write(const struct newest_look *now, when_t when);
/* What the object's older looks tell, and when it was made. */
void events_take(struct events *e, const struct newest_look *now);
struct newest_look newest_of(const struct past_means *t, const struct object *o,
                             uint32_t values);
struct newest_look newest_of_gone(const struct past_means *t, enum side side,
                                  const struct gone_object *o);

/* The GUID as lines have it. */
const char *events_guid(const struct guid *guid, struct arena *a);
/* Puts the line, if anything happened, and frees the events. */
void events_put(struct events *e, struct timeline *line,
                struct findings_batch *to);

#endif
