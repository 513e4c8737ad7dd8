/*
 * Linked mailboxes that are not joined with their masters: because the engine
 * does not join the two, or because the master was not found; which does not
 * say that there is none, if not all of AD's users were read. A part of the
 * model's header (unjoined_mailbox.c).
 */
#ifndef ANALYZE_MODEL_UNJOINED_H
#define ANALYZE_MODEL_UNJOINED_H

#include <stdbool.h>
#include <stdint.h>

#include "base/err.h"

struct arena;
struct fetch;
struct keys;
struct model;
struct object;
struct row;

/* Why the mailbox is not one with its master. */
enum unjoined_by {
	UNJOINED_UNREAD,         /* whether it is, is not known */
	UNJOINED_SYNCED,         /* each has an account of its own */
	UNJOINED_ENGINE,         /* Cloud Sync joins nobody */
	UNJOINED_ONCE,           /* nor does Connect, by its settings */
	UNJOINED_MAIL, UNJOINED_NAME,
	UNJOINED_ATTRIBUTE,      /* it looks at these, and at nothing else */
};

struct unjoined {
	enum unjoined_by by;
	const struct object *master;     /* NULL: not found */
	const char *attribute;           /* of UNJOINED_ATTRIBUTE */
	const struct object *unjoining;  /* of UNJOINED_ENGINE: one under it */
};

/* Rows of AD's users: a mailbox and its master, who is there. */
struct mailbox_apart {
	uint32_t mailbox, master;
};

/* What is known of all of them. */
struct unjoined_mailboxes {
	struct mailbox_apart *items;     /* by mailbox, in the end */
	size_t count, room;
	bool *lacking;           /* domains, by their numbers */
	bool elsewhere;          /* there are domains that no snapshot holds */
	bool master_unread;      /* a master may be there */
	bool pair_unread;        /* whether two are joined is not known */
	const char *lacks;       /* for texts; NULL: nothing */
};

/* Of a mailbox and its master, of those rows, which are not joined. */
void unjoined_note(struct model *m, struct mailbox_apart rows,
                   const struct object *mailbox, const struct object *master);
/*
 * All are noted; LINKED, which is built, has the rows that name masters. 0, or
 * -1 with ERR filled.
 */
int unjoined_settle(struct model *m, const struct keys *linked,
                    struct err *err);
/*
 * Fills O->links.unjoined, in A, of a mailbox that is judged, where it is not
 * joined; NULL: it is, or its master is nowhere. 0, or -1 with ERR filled.
 */
int unjoined_find(const struct model *m, struct fetch *f, const struct row *r,
                  struct arena *a, struct object *o, struct err *err);
/*
 * Why it is not known whether the masters of all linked mailboxes are there;
 * NULL: it is. It lives as long as the model.
 */
const char *unjoined_lack(const struct model *m);

#endif
