/* Domains of the objects that a snapshot holds, by reading all of them. */
#ifndef COLLECT_SNAPSHOT_DOMAIN_READ_H
#define COLLECT_SNAPSHOT_DOMAIN_READ_H

#include "collect/snapshot/domain_list.h"

struct err;
struct snapshot;

/*
 * Fills OUT, which is empty, with what a writer would have said had it not told
 * inputs apart; 0, or -1 with ERR filled. The files are checked on the way.
 */
int domain_read(const struct snapshot *s, struct domain_list *out,
                struct err *err);

#endif
