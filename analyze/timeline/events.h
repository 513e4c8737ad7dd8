/* What happened to an object, by its older looks. */
#ifndef ANALYZE_TIMELINE_EVENTS_H
#define ANALYZE_TIMELINE_EVENTS_H

#include "analyze/timeline/event_list.h"

/*
 * Who makes a user writes userAccountControl and the name several times: within
 * that time nothing happened to it.
 */
enum { MAKING = 60 * 60 };

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
	/* Of one that is gone: how sure that is; EVENT_SURE_COUNT: not. */
	enum event_sure gone;
	when_t buried;               /* AD says that it deleted it then */
};

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

#endif
