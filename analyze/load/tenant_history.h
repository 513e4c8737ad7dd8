/* Older snapshots of the tenant that is judged. */
#ifndef ANALYZE_LOAD_TENANT_HISTORY_H
#define ANALYZE_LOAD_TENANT_HISTORY_H

#include "analyze/load/registry.h"

/* Reads them, the newest first; 0, or -1 with ERR filled. */
int tenant_history_load(struct registry *g, struct err *err);

#endif
