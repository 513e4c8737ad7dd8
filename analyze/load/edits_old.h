/* The values that edits replace. */
#ifndef ANALYZE_LOAD_EDITS_OLD_H
#define ANALYZE_LOAD_EDITS_OLD_H

#include <stdbool.h>

struct arena;
struct edit;
struct edits;
struct err;
struct object;

/* Whether an object has the value that an edit replaces, and how. */
struct held_value {
	bool is;
	const char *text;            /* NULL: it has none, and gets one */
};

/* The same of O, in A. What a plan names is there but for blanks. */
struct held_value held_value(const struct edits *e, const struct edit *edit,
                             const struct object *o, struct arena *a);
/*
 * That of its edit, from the object, which is called LABEL, and from what
 * completes it. Where nobody has it, a row of a plan is stale, and every other
 * edit an error: -1 with ERR filled.
 */
int held_value_settle(struct edits *e, struct edit *edit,
                      const struct held_value *own,
                      const struct held_value *completing, const char *label,
                      struct err *err);

#endif
