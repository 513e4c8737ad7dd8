/* Containers of AD that lay elsewhere in older snapshots. */
#ifndef ANALYZE_LOAD_CONTAINERS_THEN_H
#define ANALYZE_LOAD_CONTAINERS_THEN_H

struct err;
struct model;

/*
 * Fills M->containers_then from the containers of all snapshots of AD. 0, or -1
 * with ERR filled.
 */
int containers_then_load(struct model *m, struct err *err);

#endif
