/*
 * Which attributes the inputs of a section asked for. What counts is what they
 * have in common: an attribute that one of them left out was not collected for
 * its objects.
 */
#ifndef COLLECT_SNAPSHOT_COVER_H
#define COLLECT_SNAPSHOT_COVER_H

#include <stdbool.h>
#include <stddef.h>

#include "collect/schema/schema.h"

/* A zeroed struct is ready: nothing is known yet. */
struct coverage {
	bool any;                /* some input said something */
	bool listed_any, seen_any;
	struct name_set listed;  /* common to the inputs that listed theirs */
	struct name_set seen;    /* met in inputs that do not say */
};

void coverage_release(struct coverage *c);
void coverage_add(struct coverage *c, enum cover cover,
                  const char *const *names, size_t n);
/* Whether every attribute that is set was asked for. */
bool coverage_is_all(const struct coverage *c);
/* The names otherwise, into a zeroed OUT, which the caller releases. */
void coverage_names(const struct coverage *c, struct name_set *out);

#endif
