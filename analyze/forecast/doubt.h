/*
 * What makes a forecast less than documented: each reason lowers its confidence
 * and is told. Derived is what follows from the documents without standing in
 * them; uncertain is what they leave open or contradict each other in, and what
 * hangs on data that were not collected.
 */
#ifndef ANALYZE_FORECAST_DOUBT_H
#define ANALYZE_FORECAST_DOUBT_H

#include <stdbool.h>
#include <stddef.h>

struct arena;
struct doubts;
struct object;

enum doubt {
	DOUBT_NOT,
	/* not collected, or not given */
	DOUBT_NO_SCOPE,          /* no scope was given; nothing is synced yet */
	DOUBT_SCOPE,             /* no scope was given; others are synced */
	DOUBT_NO_TENANT, DOUBT_ACCOUNTS, DOUBT_DELETED, DOUBT_DOMAINS,
	DOUBT_ATTRIBUTES, DOUBT_LICENCE, DOUBT_RIGHTS, DOUBT_AUTHORITY,
	DOUBT_MAPPING, DOUBT_ROLE, DOUBT_GROUP_TYPE,
	DOUBT_ANCHORS,
	DOUBT_LAST_NAME, DOUBT_NAME_FOLLOWS, DOUBT_NAME, DOUBT_SYNCED,
	DOUBT_OPEN, DOUBT_NAMESAKE,
	DOUBT_UNREAD,            /* values, or the account's, are unclear */
	DOUBT_PLACE, DOUBT_SUFFIX,       /* it has no DN */
	DOUBT_PLACE_THEN,        /* an older snapshot has it */
	DOUBT_TAKEN,             /* what else decides its scope lacks */
	/* open in the documents */
	DOUBT_SEVERAL, DOUBT_MASKED, DOUBT_ROUTING, DOUBT_CHARACTERS,
	DOUBT_UNVERIFIED, DOUBT_CLEANED, DOUBT_NAME_FORM,
	DOUBT_NAME_AS_ADDRESS, DOUBT_ALIAS,
	DOUBT_UNLICENSED, DOUBT_RENAMED, DOUBT_NAME_FEDERATED,
	DOUBT_NAME_MATCHED,
	DOUBT_STILL_SYNCED,      /* converted, and synchronized */
	DOUBT_FEDERATED_CHANGE,
	DOUBT_GUEST,             /* a guest signs in with a value of it */
	DOUBT_WHOLE,             /* another anchor's has its address */
	DOUBT_BETWEEN,           /* AD and tenant were not read at once */
	DOUBT_CLASS, DOUBT_CONTACT_MAIL,
	DOUBT_MAIL_ENABLED, DOUBT_CONTACT_ANCHOR, DOUBT_ANCHOR,
	DOUBT_PARTED,
	DOUBT_SHARED_ANCHOR, DOUBT_BOTH_ENABLED, DOUBT_GROUP_ANCHOR,
	DOUBT_ENABLED,
	DOUBT_JOIN_UNREAD, DOUBT_MERGE,
	DOUBT_OVERRULED,         /* the account shows something else */
	DOUBT_ERRING,            /* and reports why */
	DOUBT_REFUSED,           /* to another one, nobody knows why */
	DOUBT_MAIL_KEPT,         /* and Exchange Online may own that */
	DOUBT_EDITED,            /* and edits change that */
	/* derived */
	DOUBT_NOT_TAKEN, DOUBT_NO_PRIMARY, DOUBT_GROUP_MOERA, DOUBT_QUARANTINE,
	DOUBT_NAME_HELD, DOUBT_OF_ONLINE,
	DOUBT_CONVERTED, DOUBT_HANDOVER, DOUBT_SOFT_NAME, DOUBT_LINKED,
	DOUBT_FEDERATED,
	DOUBT_TWICE, DOUBT_JOIN, DOUBT_ELSEWHERE, DOUBT_CONTAINER,
	DOUBT_FILTERS, DOUBT_GIVEN, DOUBT_ROLLOUT, DOUBT_ELIGIBLE,
	DOUBT_PLAIN_ROLE,
	DOUBT_SAME_OBJECT,
	DOUBT_HELD,              /* the account holds it already */
	DOUBT_COUNT
};

/* Whether it hangs on values of O, or of its account, that are unclear. */
bool doubt_is_unread(const struct object *o);
void doubt_add(struct object *o, enum doubt d);
bool doubt_has(const struct object *o, enum doubt d);
/* Takes N of them away; whether there were any. */
bool doubt_drop(struct object *o, const enum doubt *which, size_t n);
/* What was added since O had only those BEFORE. */
struct doubts doubts_since(const struct object *o, struct doubts before);
void doubts_add(struct object *o, struct doubts more);
/* Sets confidence and doubts of the forecast from what was added; in A. */
void doubt_tell(struct object *o, struct arena *a);

#endif
