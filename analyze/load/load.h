/*
 * Building the model from snapshots: which of them are the present, the smaller
 * sections, the objects and how they find each other, history, the edits.
 */
#ifndef ANALYZE_LOAD_LOAD_H
#define ANALYZE_LOAD_LOAD_H

#include <stdbool.h>

#include "analyze/model/model.h"

/* How a model is built. */
struct model_plan {
	const struct policy *policy;
	const struct data *data;       /* NULL: no rule runs that reads it */
	/* Whose scope older snapshots have; NULL: POLICY's. */
	const struct policy *past;
	/* What to do about several tenants; NULL: let POLICY name one. */
	const char *tenant_advice;
	struct edits *edits;           /* NULL: none */
	const struct baseline *baseline;       /* likewise */
	when_t as_of;                  /* WHEN_NONE: the newest snapshot's */
	unsigned jobs;
	bool timeline;                 /* keep what happened to objects */
	struct screen *screen;         /* looks at the objects; the caller's */
};

/*
 * Builds the model from COUNT open snapshots, which stay the caller's and must
 * outlive it. 0, or -1 with ERR filled; release it in either case.
 */
int model_load(struct model *m, struct snapshot *const *snapshots,
               size_t count, const struct model_plan *plan, struct err *err);

#endif
