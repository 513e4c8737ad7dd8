/* What stands against Cloud Sync, for the manifest of findings. */
#ifndef ANALYZE_CLOUD_CLOUD_H
#define ANALYZE_CLOUD_CLOUD_H

#include <stdbool.h>

#include "analyze/findings/findings.h"

struct arena;
struct model;
struct object;

struct cloud_basis {
	struct cloud_counts counts;
	bool judged;               /* all objects were, so that they count */
};

/* What Cloud Sync would not take as it is of O, when that was judged. */
struct cloud_counts cloud_count(const struct object *o);
/* Fills cloud of F, if there is AD; texts are static, or A's. */
void cloud_describe(const struct model *m, const struct cloud_basis *b,
                    struct arena *a, struct findings *f);

#endif
