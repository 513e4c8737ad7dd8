/* Which list of a tenant is read next. */
#ifndef COLLECT_TENANT_TENANT_WALKS_H
#define COLLECT_TENANT_TENANT_WALKS_H

struct tenant_run;

/* RUN tells the pool what to read, and takes what comes. */
void tenant_walks_watch(struct tenant_run *run);

#endif
