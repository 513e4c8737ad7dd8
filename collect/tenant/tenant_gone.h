/*
 * Owners whose own lists are not found. One that is gone has none; several in a
 * row are more likely a service that does not know them, and are asked for
 * again at the end.
 */
#ifndef COLLECT_TENANT_TENANT_GONE_H
#define COLLECT_TENANT_TENANT_GONE_H

#include <stdbool.h>

#include "collect/graph/graph.h"

struct tenant_run;

enum { OWNERS_NAMED = 20 };      /* in the notes of a section */

/* W's owner is said to be gone, also when asked for itself. */
void tenant_gone_note(struct tenant_run *run, const struct graph_walk *w);
/*
 * Nothing else of the section is left to be read: settles who is gone. Whether
 * all is settled; else some are to be asked for again.
 */
bool tenant_gone_settle(struct tenant_run *run, enum section s);
/* The next one that is; false when there is none. */
bool tenant_gone_take(struct tenant_run *run, const struct graph_query *q,
                      struct graph_walk *w);

#endif
