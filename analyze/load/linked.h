/*
 * Linked mailboxes: an account of a resource forest that has the mailbox of a
 * user of another forest, its master account. Sync joins the two: the master's
 * object in the tenant has the mailbox's Exchange attributes, and the linked
 * account has none of its own ("Understanding Users, Groups, and Contacts",
 * section Linked mailboxes).
 */
#ifndef ANALYZE_LOAD_LINKED_H
#define ANALYZE_LOAD_LINKED_H

#include <stdbool.h>

#include "analyze/load/enroll.h"

/* Whether the object is a linked mailbox that waits for another account. */
bool linked_waits(const struct object *o);

/*
 * Finds the master accounts of linked mailboxes: each gets the mailbox's line
 * as a supplement, whose row says that it is part of another. 0, or -1 with ERR
 * filled.
 */
int linked_find(struct registry *g, struct err *err);

/* Gives the master what the mailbox has and it has not. */
void linked_merge(struct object *master, const struct object *mailbox);

#endif
