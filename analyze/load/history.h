/*
 * What older snapshots say of the objects of the present. Of an object's looks
 * only those are kept that differ from the next newer one.
 */
#ifndef ANALYZE_LOAD_HISTORY_H
#define ANALYZE_LOAD_HISTORY_H

#include "analyze/load/index.h"

/* Reads all of history, the newest first; 0, or -1 with ERR filled. */
int history_load(struct registry *g, struct err *err);

#endif
