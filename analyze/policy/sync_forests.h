/* The connectors of sync servers as the forests of a policy. */
#ifndef ANALYZE_POLICY_SYNC_FORESTS_H
#define ANALYZE_POLICY_SYNC_FORESTS_H

#include <stddef.h>

#include "analyze/policy/sync_export.h"

struct err;
struct policy;

/* What a sync server exported. */
struct sync_source {
	const char *path;
	struct sync_export export;
};

/*
 * Makes a forest of P of each connector, with its scope and its server's
 * settings; at the top stand all of their scopes together. A forest of P that
 * is under Connect, and that neither a connector names nor P itself gives a
 * scope, is none any more. 0, or -1 with ERR filled.
 */
int sync_forests_add(struct policy *p, struct sync_source *all, size_t n,
                     struct err *err);

#endif
