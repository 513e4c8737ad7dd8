/* What happened to an object, as findings of events tell it: a part of it. */
#ifndef ANALYZE_FINDINGS_EVENT_TOLD_H
#define ANALYZE_FINDINGS_EVENT_TOLD_H

#include "base/when.h"

enum event_what {
	EVENT_NONE,
	EVENT_LEFT_SCOPE, EVENT_RETURNED_TO_SCOPE,
	EVENT_ENABLED,             /* again */
	EVENT_CLEARED, EVENT_CHANGED,        /* a value */
	EVENT_REMEMBERED = EVENT_CHANGED,    /* the last that rules ask */
	EVENT_UNLICENSED,
	EVENT_WHAT_COUNT
};

/* How that is known; the surer first. */
enum event_sure {
	EVENT_SEEN,                /* in two snapshots */
	EVENT_STAMPED,             /* dated or told by replication metadata */
	EVENT_LIKELY,              /* guessed */
	EVENT_SURE_COUNT
};

/* "seen", as files say it; -1: TEXT, which may be NULL, is no such word. */
const char *event_sure_name(enum event_sure s);
int event_sure_parse(const char *text);

struct told_event {
	enum event_what what;      /* EVENT_NONE: it is on none */
	/*
	 * The last time at which it had not happened yet, and the first at
	 * which it had; equal if it is dated; WHEN_NONE: not known.
	 */
	when_t after, by;
	enum event_sure sure;
	const char *from, *to;     /* DNs of a move, or values; or NULL */
	const char *address;       /* of what was cleared: where mail went */
};

/*
 * An event that a finding of an earlier run told of an object: the newest
 * first.
 */
struct remembered {
	const struct remembered *next;
	const char *rule, *attribute;        /* of that finding */
	struct told_event event;
	when_t first_seen;         /* of the finding */
	when_t seen;               /* when its AD was read; WHEN_NONE */
};

#endif
