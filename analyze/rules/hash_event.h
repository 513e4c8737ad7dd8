/*
 * Events after which the password hash of an account may be missing in the
 * tenant: whether one counts, what the tenant says of it, and how bad it is.
 */
#ifndef ANALYZE_RULES_HASH_EVENT_H
#define ANALYZE_RULES_HASH_EVENT_H

#include "analyze/rules/history.h"
#include "analyze/rules/rule.h"

/*
 * How sure the event itself is: seen; told by stamps; or only that something
 * was written that may have been the event.
 */
enum evidence { SEEN_IN_SNAPSHOTS, READ_FROM_METADATA, GUESSED };

/* Whether the password was set before the event. */
enum set_order { SET_BEFORE, SET_MEANWHILE, SET_AFTER };

/* What the tenant's time says of the present password. */
enum hash_said { WORD_NONE, WORD_SAME, WORD_NEWER, WORD_OLDER };

/* What may have happened. */
struct hash_event {
	struct history_event at;
	enum evidence evidence;
	const char *happened;      /* "was enabled again" */
	const char *from, *to;     /* DNs, of a move */
	/* Sync took the object for none of its own at AT's beginning. */
	bool was_out;
};

/* The worst of them. */
struct worst_event {
	bool any;
	enum severity severity;
	struct hash_event event;
	/*
	 * After when, as the looks have it: a later run, too, is to see that
	 * it may have come before the account.
	 */
	when_t looked;
	enum set_order order;
	enum hash_said word;
	const char *reason;
};

/* Whether sync gives the account AD's password, and its time is known. */
bool hash_event_is_judged(struct check *c, const struct object *o);
/* Takes E if it counts, the engine had the defect then, and it is worse. */
void hash_event_take(struct check *c, const struct object *o,
                     struct worst_event *w, struct hash_event e);
/*
 * What a finding of an earlier run told, whose snapshots this one may not have:
 * it stands until the password is set, or the tenant has it.
 */
void hash_event_remember(struct check *c, const struct object *o,
                         struct worst_event *w, enum event_what what,
                         const char *happened);
void hash_event_report(struct check *c, const struct object *o,
                       const struct worst_event *w, enum event_what what);

#endif
