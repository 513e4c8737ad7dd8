/*
 * With what an object left the sync scope: with a container that was renamed or
 * moved, of which many more lie in it; or by itself.
 */
#ifndef ANALYZE_RULES_LEFT_WITH_H
#define ANALYZE_RULES_LEFT_WITH_H

#include "analyze/model/model.h"
#include "analyze/rules/history.h"

struct check;

/* How it is known that a container went. */
enum left_sure {
	LEFT_ALONE,              /* none did, as far as is known */
	LEFT_LIKELY,             /* what lay in one lies in another */
	LEFT_SEEN,               /* its objectGUID tells */
};

struct left_with {
	enum left_sure sure;
	enum went how;           /* WENT_UNKNOWN: renamed or moved */
	const char *was, *now;   /* WAS NULL: not known */
};

/*
 * The object left by E, whose BEFORE is NULL where no older snapshot has it in
 * scope. While objects are screened it is alone.
 */
struct left_with left_with(struct check *c, const struct object *o,
                           const struct history_event *e);
/* "with its container, which was renamed from ..."; of one that went. */
const char *left_with_text(struct check *c, const struct left_with *w);
/* What all have in common that left so. */
struct shared_cause left_with_cause(const struct object *o,
                                    const struct left_with *w);
/* What is to be done with the container, as a sentence without its end. */
const char *left_with_cure(struct check *c, const struct left_with *w);

#endif
