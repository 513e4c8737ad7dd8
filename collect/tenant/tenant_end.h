/* What becomes of a section when its lists have ended. */
#ifndef COLLECT_TENANT_TENANT_END_H
#define COLLECT_TENANT_TENANT_END_H

struct err;
struct graph_failure;
struct graph_walk;
struct graph_watcher;
struct tenant_run;

/* What is made of a walk's end, for the pool. */
int tenant_end_walk(struct graph_watcher *g, struct graph_walk *w,
                    const struct graph_failure *f, struct err *err);
/* Sections with nothing left to read are finished; 0, or -1 with ERR filled. */
int tenant_end_ready(struct tenant_run *run, struct err *err);

#endif
