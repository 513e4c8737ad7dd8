/* From records to objects: which attribute goes to which member. */
#ifndef ANALYZE_MODEL_MAP_H
#define ANALYZE_MODEL_MAP_H

#include "analyze/model.h"

struct record;

/*
 * Fills O from R by the map of its side; texts go to the arena A. What O
 * already has stays: an object that comes twice is completed, not changed.
 * 0, or -1 with *WRONG the name of the attribute whose value is not what its
 * syntax says.
 */
int model_map(struct object *o, const struct record *r, struct arena *a,
              const char **wrong);

#endif
