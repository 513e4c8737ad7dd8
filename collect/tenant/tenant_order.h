/* What the user wants of a collection of a tenant. */
#ifndef COLLECT_TENANT_TENANT_ORDER_H
#define COLLECT_TENANT_TENANT_ORDER_H

#include <stdbool.h>

#include "base/folder.h"
#include "collect/graph/graph.h"
#include "collect/live/live.h"
#include "collect/snapshot/snapshot.h"

struct tenant_order {
	struct graph_login login;
	struct http_settings http;
	const char *output;
	const char *since;       /* a snapshot to go on from, or NULL */
	enum folder_mode mode;
	enum snapshot_packing packing;
	enum progress_mode progress;
	enum graph_version sync_version;     /* who tells of synchronization */
	long page, at_once, tries;
	bool resume;             /* go on with what OUTPUT has */
	bool links;              /* keep links for a later --since */
};

#endif
