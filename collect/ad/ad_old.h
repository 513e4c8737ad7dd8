/* An older snapshot that a collection resumes or goes on from. */
#ifndef COLLECT_AD_AD_OLD_H
#define COLLECT_AD_AD_OLD_H

#include <stdbool.h>

#include "collect/schema/schema.h"

struct ad_forest;
struct ad_order;
struct ad_server;
struct err;
struct snapshot;
struct snapshot_server;

/*
 * Opens it and checks that it was asked for in the same way. A run that was
 * killed left its folder under the name for unfinished ones; it gets its own
 * name back. NULL with ERR filled.
 */
struct snapshot *ad_old_open(const struct ad_order *order, struct err *err);

/* Whether OLD is of this forest; 0, or -1 with ERR filled. */
int ad_old_check(const struct snapshot *old, const struct ad_forest *f,
                 struct err *err);

/* Whether the facts are this server's, with the same database. */
bool ad_old_is_same(const struct snapshot_server *facts,
                    const struct ad_server *server);

/* Whether differences of the section are read, or it is read anew. */
bool ad_old_is_merged(enum section s);

#endif
