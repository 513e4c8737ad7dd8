/*
 * AD objects whose class nobody knows: they are kept, but no rule judges them,
 * and they may lack among users, groups and contacts.
 */
#ifndef COLLECT_IMPORT_UNJUDGED_H
#define COLLECT_IMPORT_UNJUDGED_H

#include <stdint.h>

#include "collect/schema/schema.h"

struct record;
struct snapshot_writer;

/* A zeroed struct is ready. */
struct unjudged {
	uint64_t count;
	char *first;             /* where the first of them is, and its name */
};

void unjudged_release(struct unjudged *u);
/* Counts the object, which begins at LINE of FILE, if it is such a one. */
void unjudged_take(struct unjudged *u, enum section s, const struct record *r,
                   const char *file, uint64_t line);
/* Tells the user and W of them, if there are any. */
void unjudged_tell(const struct unjudged *u, struct snapshot_writer *w);

#endif
