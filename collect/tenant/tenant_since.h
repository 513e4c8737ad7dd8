/* What a tenant's snapshot takes over from an older one. */
#ifndef COLLECT_TENANT_TENANT_SINCE_H
#define COLLECT_TENANT_TENANT_SINCE_H

#include <stdbool.h>

#include "collect/schema/schema.h"

struct err;
struct graph_query;
struct tenant_run;

/* Takes over a section that is whole in OLD; 0, or -1 with ERR filled. */
int tenant_since_carry(struct tenant_run *run, enum section s,
                       struct err *err);
/*
 * The same of one that was read less far now than in OLD, when a run is
 * resumed: what is there stays, whole or not.
 */
int tenant_since_keep_more(struct tenant_run *run, enum section s,
                           struct err *err);
/* Whether so much changed that all is read more quickly. */
bool tenant_since_is_much(const struct tenant_run *run,
                          const struct graph_query *q);
/* Adds what did not change to what did. */
int tenant_since_merge(struct tenant_run *run, const struct graph_query *q,
                       struct err *err);
/* Once groups and users are known: which memberships hold or are read. */
int tenant_since_members(struct tenant_run *run, struct err *err);

#endif
