/* From the connectors of a sync server to the scope of a policy. */
#ifndef ANALYZE_POLICY_SYNC_SCOPE_H
#define ANALYZE_POLICY_SYNC_SCOPE_H

#include <stddef.h>

struct arena;
struct err;
struct policy;
struct sync_connector;

/*
 * The containers and filter groups of N connectors together, in A, as those of
 * P. 0, or -1 with ERR filled; PATH is what errors call the export.
 */
int sync_scope_take(struct policy *p, struct arena *a,
                    const struct sync_connector *const *connectors, size_t n,
                    const char *path, struct err *err);

#endif
