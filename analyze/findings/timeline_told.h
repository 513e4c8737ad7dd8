/*
 * What happened to objects: timeline.ndjson in findings(5). A part of
 * findings.h.
 */
#ifndef ANALYZE_FINDINGS_TIMELINE_TOLD_H
#define ANALYZE_FINDINGS_TIMELINE_TOLD_H

#include <stddef.h>

#include "analyze/findings/event_told.h"
#include "base/when.h"

enum happened {
	HAPPENED_CREATED, HAPPENED_MOVED, HAPPENED_RENAMED,
	HAPPENED_DISABLED, HAPPENED_ENABLED, HAPPENED_PASSWORD_SET,
	HAPPENED_VALUE_CHANGED, HAPPENED_VALUE_CLEARED,
	HAPPENED_LICENSED, HAPPENED_UNLICENSED,
	HAPPENED_DELETED, HAPPENED_RESTORED, HAPPENED_RE_CREATED,
	HAPPENED_CONVERTED, HAPPENED_LEFT_SCOPE, HAPPENED_RETURNED,
	HAPPENED_SOFT_DELETED, HAPPENED_COUNT
};

enum told_side { TOLD_AD, TOLD_TENANT, TOLD_SIDES };

/* Each -1 where the text is none of its words. */
const char *happened_name(enum happened h);
int happened_parse(const char *text);
const char *told_side_name(enum told_side s);
int told_side_parse(const char *text);

struct timeline_event {
	enum happened what;
	/*
	 * The last time at which it had not happened yet, and the first at
	 * which it had; equal: dated. WHEN_NONE: not known.
	 */
	when_t after, by;
	enum told_side side;
	enum event_sure sure;
	const char *attribute, *from, *to;   /* or NULL */
	const char *snapshot;                /* that has the old state */
	when_t until;                        /* SOFT_DELETED; or WHEN_NONE */
};

/* An object that has events, the newest first. */
struct timeline {
	enum told_side side;
	const char *guid, *dn, *class, *upn;
	const char *object;        /* with neither GUID nor DN: SID, account */
	const char *sam, *mail;    /* by which it is found, too */
	const struct timeline_event *events;
	size_t event_count;
};

#endif
