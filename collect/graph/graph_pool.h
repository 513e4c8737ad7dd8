/*
 * Many lists of Graph read at once: pages followed to the end, tried again when
 * that may help, and gently, as the service asks (Graph's article "Microsoft
 * Graph throttling guidance").
 */
#ifndef COLLECT_GRAPH_GRAPH_POOL_H
#define COLLECT_GRAPH_GRAPH_POOL_H

#include <stdbool.h>
#include <stddef.h>

#include "collect/graph/graph_error.h"
#include "collect/graph/graph_walk.h"

struct err;
struct graph_auth;
struct graph_query;
struct http;
struct progress;
struct record;

struct graph_watcher {
	/*
	 * Fills W, zeroed, with the next walk to begin, with an address of its
	 * own; false when there is none now.
	 */
	bool (*more)(struct graph_watcher *g, struct graph_walk *w);
	/* An object that was not seen before; -1 with ERR ends all. */
	int (*object)(struct graph_watcher *g, struct graph_walk *w,
	              const struct record *raw, struct err *err);
	/* Gives W, whose page was too old, its first address anew. */
	int (*restart)(struct graph_watcher *g, struct graph_walk *w,
	               struct err *err);
	/* It has ended, whole when F->fate is GRAPH_CAME. */
	int (*ended)(struct graph_watcher *g, struct graph_walk *w,
	             const struct graph_failure *f, struct err *err);
};

struct graph_pool_settings {
	const char *base;        /* where all addresses must lead */
	long at_once;            /* requests, HTTP_AT_ONCE at most */
	long tries;              /* of one page */
	double patience;         /* seconds that the service may ask to wait */
};

struct graph_pool;

/* Borrows all. */
struct graph_pool *graph_pool_new(const struct graph_pool_settings *set,
                                  struct http *http, struct graph_auth *auth,
                                  struct progress *progress);
void graph_pool_free(struct graph_pool *p);

/*
 * Reads until nothing is left. 0, or -1 with ERR filled: the token is refused,
 * the user wants to stop, or the watcher failed. What had not ended then is
 * not told.
 */
int graph_pool_run(struct graph_pool *p, struct graph_watcher *watcher,
                   struct err *err);

/* Requests so far, and the seconds that the service made us wait. */
long graph_pool_requests(const struct graph_pool *p);
double graph_pool_throttled(const struct graph_pool *p);

#endif
