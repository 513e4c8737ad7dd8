/* What the manifest of findings says of the snapshots that were judged. */
#ifndef ANALYZE_DESCRIBE_H
#define ANALYZE_DESCRIBE_H

#include "analyze/findings/findings.h"
#include "analyze/model/model.h"

/*
 * Fills snapshots, sections, tenant, forests, deletions, scope and engine of F,
 * from the COUNT snapshots that M was loaded from. Lists and texts go to A, or
 * are the snapshots'.
 */
void describe_inputs(const struct model *m, struct snapshot *const *snapshots,
                     size_t count, struct arena *a, struct findings *f);

#endif
