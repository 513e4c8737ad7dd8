/*
 * Going back through the snapshots of a side, the newest first: what an object
 * had at a look, and had no more at the next newer one, is kept in the model's
 * timelines; all else is forgotten.
 */
#ifndef ANALYZE_LOAD_TIMELINE_H
#define ANALYZE_LOAD_TIMELINE_H

#include "analyze/load/look.h"
#include "analyze/load/registry.h"

struct timeline_builder;

/* The present is known; NULL: there is nothing to keep. */
struct timeline_builder *timeline_open(struct registry *g, enum side side);
/* The snapshot of that number in history comes next. */
void timeline_begin(struct timeline_builder *b, uint16_t snapshot);
void timeline_section(struct timeline_builder *b, enum section s);
/*
 * A line of it, in a thread: of the object in that row of SECTION, or
 * SECTION_COUNT, when the present has not got it. Its scope is set.
 */
void timeline_see(struct timeline_builder *b, unsigned lane, struct fetch *f,
                  const struct object *o, enum section s, uint32_t row);
void timeline_take_lane(struct timeline_builder *b, unsigned lane);
void timeline_end(struct timeline_builder *b);
void timeline_close(struct timeline_builder *b);

#endif
