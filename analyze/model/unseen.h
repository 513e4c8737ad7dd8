/*
 * What is known of objects that AD does not show: an account whose object would
 * have been seen, and was not, is an orphan. A part of the model's header.
 */
#ifndef ANALYZE_MODEL_UNSEEN_H
#define ANALYZE_MODEL_UNSEEN_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "analyze/scope/scope.h"
#include "base/when.h"

/* Where an object of a forest may lie that none of its domains shows. */
struct hiding_place {
	/*
	 * Read so much earlier than another one that who moved in between is in
	 * neither; NULL: all were read at one time.
	 */
	const struct domain *stale;
	const struct domain *newest; /* that was read last */
	const char *unread;          /* it has that domain, too; or NULL */
};

/* The containers and domains that AD objects were found in. */
struct seen_places {
	uint64_t *containers;        /* as container.hash, sorted in the end */
	size_t count, room;
	uint64_t *above;             /* those that these lie in, likewise */
	size_t above_count, above_room;
	bool *domains;               /* which have any, by their numbers */
	struct hiding_place *hiding; /* of each forest, by its number */
	bool has_bare;               /* some have a DN without DC */
};

/* Whether one of all these has the hash; when all of them are known. */
bool seen_places_has(const struct seen_places *p, uint64_t hash);

/* Why it is not known whether AD has an object that was not seen. */
enum unseen_why {
	UNSEEN_NOT,              /* AD does not have it */
	UNSEEN_NAMELESS,         /* its account shows neither domain nor DN */
	UNSEEN_DOMAIN,           /* its domain was not read */
	UNSEEN_PLACE,            /* where it lay was not looked at */
	UNSEEN_STALE,            /* it may have moved: a domain is older */
	UNSEEN_ELSEWHERE,        /* it may have moved where nobody looked */
	UNSEEN_LATER,            /* it was synchronized after AD was read */
	/* Of these it is told, or known, beside the account: */
	UNSEEN_KIND,             /* not all objects of its kind were read */
	UNSEEN_YOUNGER,          /* the account was made after AD was read */
};

/* What is known of the object of an account. */
struct unseen_object {
	enum unseen_why why;
	const char *domain;      /* of the object, as O or AD tells; or NULL */
	const struct domain *of;     /* the same, if it was read */
	/*
	 * UNSEEN_STALE: the older one. UNSEEN_NOT: one of another forest, read
	 * at another time: a migration in between is in neither. Or NULL.
	 */
	const struct domain *other;
	const char *unread;      /* UNSEEN_ELSEWHERE: the one not read */
};

/*
 * A deleted object of AD, as its objectGUID, source anchor, SID or account name
 * tells.
 */
struct tombstone {
	uint64_t hash;           /* of what tells */
	when_t when;             /* it was deleted; or WHEN_NONE */
};

/* A user, group or contact that was deleted, for its line of a timeline. */
struct buried_object {
	struct guid guid;
	enum kind kind;
	const char *dn, *sam, *upn, *mail;   /* or NULL */
	when_t created, when;        /* or WHEN_NONE */
	bool is_dated;               /* WHEN by replication metadata */
};

struct tombstones {
	struct tombstone *items; /* sorted in the end */
	size_t count, room;
	struct buried_object *buried;        /* in the order of the section */
	size_t buried_count, buried_room;
};

/* ---- deleted objects of AD (tombstones.c) ---- */

/*
 * Takes a deleted object, with its texts in A; then all of FROM, which is empty
 * afterwards, with them in A again.
 */
void tombstones_add(struct tombstones *t, const struct object *o,
                    struct arena *a);
void tombstones_join(struct tombstones *to, struct tombstones *from,
                     struct arena *a);
void tombstones_release(struct tombstones *t);
/* All are there: after this they may be asked for. */
void tombstones_settle(struct tombstones *t);
/*
 * That of the account's object, by its source anchor or SID. NULL: AD shows
 * none, which is no sign that it was not deleted.
 */
const struct tombstone *tombstones_find(const struct model *m,
                                        const struct object *account);
/*
 * The last object of O's account name that was deleted in its domain before O
 * was made; or NULL.
 */
const struct tombstone *tombstones_before(const struct model *m,
                                          const struct object *o);

#endif
