/* The partitions of forests (ad.forest): they name the forests' domains. */
#ifndef ANALYZE_LOAD_PARTITIONS_H
#define ANALYZE_LOAD_PARTITIONS_H

#include "analyze/load/forests.h"

/*
 * Puts what COUNT snapshots, the newest first, say of the domains of M into
 * CLAIMS, one for each domain: it comes before what is there; and those that no
 * snapshot holds into M's unread domains. 0, or -1 with ERR filled.
 */
int partitions_read(struct model *m, const struct snapshot *const *all,
                    size_t count, struct forest_claim *claims,
                    struct err *err);

#endif
