/* Objects of a tenant on their way into the snapshot. */
#ifndef COLLECT_TENANT_TENANT_TAKE_H
#define COLLECT_TENANT_TENANT_TAKE_H

struct err;
struct graph_walk;
struct graph_watcher;
struct record;

/* Takes what a walk brought, for the pool. */
int tenant_take_object(struct graph_watcher *g, struct graph_walk *w,
                       const struct record *raw, struct err *err);

#endif
