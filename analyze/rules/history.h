/*
 * Events: what happened to an object between two looks at it, dated as well as
 * snapshots and replication metadata allow.
 */
#ifndef ANALYZE_RULES_HISTORY_H
#define ANALYZE_RULES_HISTORY_H

#include <stdbool.h>

#include "analyze/model/model.h"

/* It happened after AFTER and not later than BY; equal when known exactly. */
struct history_event {
	when_t after, by;
	const struct history *before;    /* the last look at the old state */
	bool dated;                      /* by replication metadata */
	const struct remembered *remembered;       /* remembered_find's */
	const struct lost_account *lost; /* all that shows it, in the tenant */
};

/*
 * The last change of its place from a state in which WAS held to the present
 * one; false when no older snapshot saw that state.
 */
bool history_find(const struct object *o,
                  bool (*was)(const struct history *s),
                  struct history_event *out);

/* ---- the looks at an object, and what lies between two ---- */

/* How the object was, as far as its events go. */
struct history_look {
	enum scope_state scope;
	bool unplaced;
	enum tristate enabled;
	const char *dn;
	int64_t control;
	struct stamp control_stamp, name_stamp;
};

/*
 * OLDER at AFTER, NEWER at BY, or already before the look at that time; a look
 * that does not tell where it lay, or whether it is enabled, is none of these.
 */
struct history_step {
	struct history_look older, newer;
	when_t after, by, placed_by;
	const struct history *before;    /* OLDER's */
};

/* Zero it, and set O: the steps come one by one, the newest first. */
struct history_walk {
	const struct object *o;
	const struct history *at;
	struct history_look newer;
	bool began;
};

bool history_next(struct history_walk *w, struct history_step *out);
/* What the oldest look shows of those that it came by; first the present. */
const struct history_look *history_oldest(struct history_walk *w);

/* The event of the step, not dated: of the account, and of its place. */
struct history_event history_event_of(const struct history_step *s);
struct history_event history_move_of(const struct history_step *s);
/*
 * Dates it by the stamps of the attribute that it wrote, before and after: by
 * the last write, if that was the only one since; else it came before that, or
 * with it.
 */
void history_date_by(struct history_event *e, const struct stamp *older,
                     const struct stamp *newer);

/* Dates the event by the metadata of the attribute that it wrote. */
void history_date(struct history_event *e, const struct stamp *stamp);

/* What a finding tells of it, when a value was cleared or changed. */
struct told_event history_told(const struct history_event *e,
                               enum event_what what);

/* "between 2015-10-12 and 2016-02-15", or "on 2015-10-20"; in the arena. */
const char *history_text(const struct history_event *e, struct arena *a);

#endif
