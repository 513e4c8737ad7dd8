/* Ids of Graph's objects and their names, first in, first out. */
#ifndef COLLECT_GRAPH_ID_QUEUE_H
#define COLLECT_GRAPH_ID_QUEUE_H

#include <stdbool.h>
#include <stddef.h>

#include "base/buf.h"

enum {
	ID_TEXT = 64 + 1,        /* bytes of an id, with its NUL */
	ID_NAME = 256 + 1,        /* bytes of a name, which may be cut */
};

/* An object, as sentences and addresses have it. */
struct id_named {
	char id[ID_TEXT];
	char name[ID_NAME];      /* or "" */
};

/* A zeroed struct is empty. */
struct id_queue {
	struct buf ids;          /* each with a NUL, and its name with one */
	size_t next;             /* where the next one begins */
};

void id_queue_release(struct id_queue *q);
/*
 * 0, or -1 when ID may not be part of an address: ids are GUIDs, and anything
 * but letters, digits and "-_." is none. NAME may be NULL.
 */
int id_queue_put(struct id_queue *q, const char *id, const char *name);
/* False when none is left. */
bool id_queue_take(struct id_queue *q, struct id_named *out);
bool id_queue_is_empty(const struct id_queue *q);

#endif
