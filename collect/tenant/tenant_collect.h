/* Making a snapshot of a live tenant. */
#ifndef COLLECT_TENANT_TENANT_COLLECT_H
#define COLLECT_TENANT_TENANT_COLLECT_H

#include <stdbool.h>

#include "base/err.h"
#include "base/folder.h"
#include "collect/graph/graph_auth.h"
#include "collect/graph/graph_query.h"
#include "collect/live/progress.h"
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

/* EXIT_DONE, EXIT_PARTIAL when a section is not whole, or as ERR says. */
enum exit_code tenant_collect(const struct tenant_order *order,
                              struct err *err);

/* Prints the permissions and requests on stdout; connects to nothing. */
void tenant_plan(const struct tenant_order *order);

#endif
