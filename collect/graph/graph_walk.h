/* One list of Graph while it is read, page after page. */
#ifndef COLLECT_GRAPH_GRAPH_WALK_H
#define COLLECT_GRAPH_GRAPH_WALK_H

#include <stdbool.h>
#include <stddef.h>

#include "base/guid_set.h"
#include "collect/graph/id_queue.h"

struct graph_query;

/* What a walk is for. */
enum walk_aim {
	WALK_LIST,               /* the objects of a list */
	WALK_OBJECT,             /* one object of it, changed since */
	WALK_CHANGES,            /* the changes of a list */
	WALK_LINK,               /* the link to later changes */
};

/* One list, page after page. */
struct graph_walk {
	const struct graph_query *query;
	enum walk_aim aim;
	struct id_named owner;   /* or the object, or "" */
	size_t nth;              /* of the owners of its query */
	bool doubted;            /* that it is gone is not believed */
	char *url;               /* the page to ask for; the pool frees it */
	char *delta;             /* the last page's link to later changes */
	size_t objects;          /* that were handed on */
	char *asking;            /* the owner's address, being asked for */
	long pages, tries, restarts;
	long odd;                /* tries that no service answered */
	long halved;             /* how often its pages were made smaller */
	struct guid_set seen;    /* objects, so that none counts twice */
	bool forgot;             /* there were too many to keep */
	char *mark;              /* a page's address, to notice circles */
	bool mended;             /* some answer was no strict JSON */
};

#endif
