/* Taking over objects of an older snapshot into the one that is made. */
#ifndef COLLECT_AD_AD_CARRY_H
#define COLLECT_AD_AD_CARRY_H

#include "collect/schema/schema.h"

struct ad_since;
struct err;
struct snapshot;
struct snapshot_writer;

/* Copies a whole section; 0, or -1 with ERR filled. */
int ad_carry_whole(struct snapshot_writer *w, const struct snapshot *old,
                   enum section s, struct err *err);
/* Copies what did not change. */
int ad_carry_unchanged(struct snapshot_writer *w, const struct snapshot *old,
                       enum section s, struct ad_since *since,
                       struct err *err);

#endif
