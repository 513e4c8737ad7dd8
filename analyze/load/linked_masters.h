/* The masters of linked mailboxes; object.h says what those are. */
#ifndef ANALYZE_LOAD_LINKED_MASTERS_H
#define ANALYZE_LOAD_LINKED_MASTERS_H

#include "analyze/load/index.h"

/*
 * Finds the master accounts of linked mailboxes: each gets the mailbox's line
 * as a supplement, whose row says that it is part of another. 0, or -1 with ERR
 * filled.
 */
int linked_masters_find(struct registry *g, struct err *err);

#endif
