/*
 * What happened to objects, told from what older snapshots, replication
 * metadata and the tenant's own times say: lines of timeline.ndjson.
 */
#ifndef ANALYZE_TIMELINE_TIMELINE_H
#define ANALYZE_TIMELINE_TIMELINE_H

#include "analyze/findings/findings.h"
#include "analyze/model/model.h"

/* What lines are told with. */
struct past_means {
	const struct model *m;
	struct fetch *fetch;
	struct arena *arena;       /* for one object */
	struct err *err;
};

/*
 * Adds the line of O, the AD object of a row of S, with what happened to its
 * accounts; none if nothing did. 0, or -1 with the error filled.
 */
int timeline_tell(const struct past_means *t, enum section s,
                  const struct row *r, const struct object *o,
                  struct findings_batch *to);
/*
 * The lines of what the present's AD does not show: accounts that no object of
 * it has, and what is gone from either side. 0, or -1 with ERR filled.
 */
int timeline_tell_rest(const struct model *m, struct findings_writer *w,
                       struct err *err);

#endif
