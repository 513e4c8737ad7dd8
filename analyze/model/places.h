/*
 * Where the AD snapshot has objects: an account whose object would lie there,
 * and does not, is an orphan.
 */
#ifndef ANALYZE_MODEL_PLACES_H
#define ANALYZE_MODEL_PLACES_H

#include <stdbool.h>

#include "analyze/model/model.h"

struct containers;

/* All places are known: after this they may be asked for. */
void places_done(struct places *p);
void places_release(struct places *p);

/*
 * Whether AD would have been seen to hold the object of the account O: its
 * container has others, or its whole domain was read.
 */
bool places_hold(const struct model *m, struct containers *cs,
                 const struct object *o);

/* Makes synchronized accounts that no AD object stands for suspect. */
void places_mark_unclaimed(struct model *m);

#endif
