/* What the manifest of findings says of the tenant's synchronization. */
#ifndef ANALYZE_DESCRIBE_SYNC_H
#define ANALYZE_DESCRIBE_SYNC_H

#include "analyze/findings/findings.h"
#include "analyze/model/model.h"

/*
 * Fills sync of F, and puts how old the data are behind its notes. Lists and
 * texts go to A, or are static.
 */
void describe_sync(const struct model *m, struct arena *a, struct findings *f);

#endif
