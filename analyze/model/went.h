/*
 * Where AD's containers lay in older snapshots, as their objectGUIDs tell: one
 * that was renamed or moved takes along all that lies in it, and nobody moved
 * that. A part of the model's header (containers_then.c).
 */
#ifndef ANALYZE_MODEL_WENT_H
#define ANALYZE_MODEL_WENT_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/hash_index.h"
#include "base/when.h"

struct containers;
struct domain;
struct model;

/* A container of the present that was not always where it is. */
struct container_then {
	uint64_t hash;           /* as container.hash, of NOW */
	const char *now;
	const char *then;        /* NULL: it was not there */
	when_t newest, oldest;   /* of the snapshots that say so */
};

/* All containers of the domain are known of that time, by objectGUID. */
struct containers_look {
	const struct domain *of;
	when_t when;
	bool lost;               /* one of then is nowhere now */
};

/* A zeroed one is empty: nothing is known. */
struct containers_then {
	struct container_then *items;        /* by hash, in the end */
	size_t count, room;
	struct hash_index by_then;           /* of items, in the end */
	struct containers_look *looks;
	size_t look_count, look_room;
};

/* How an object came from where it lay to where it lies. */
enum went {
	WENT_UNKNOWN,            /* containers were not collected */
	WENT_ALONE,              /* it was moved itself, or lies where it lay */
	WENT_RENAMED,            /* its container has another name */
	WENT_MOVED,              /* or lies in another one */
};

/* With which container: where that lay, and where it lies. */
struct went_with {
	enum went how;
	const char *was, *now;
};

/*
 * The container with which the object DN, of domain D, left the scope after
 * WHEN, the time of an older snapshot: the uppermost of those in which it lies
 * that have another DN than then, and had one in scope. Texts are the model's.
 */
struct went_with containers_left_with(const struct model *m,
                                      struct containers *cs,
                                      const struct domain *d, const char *dn,
                                      when_t when);
/*
 * Whether a container in which DN lay at WHEN, the time of an older snapshot,
 * lies elsewhere now, or has another name.
 */
bool containers_went(const struct model *m, const char *dn, when_t when);
/*
 * Whether the newest of older looks at D has a container that the present
 * lacks: deleted, or not exported with all that lies in it.
 */
bool containers_lost(const struct model *m, const struct domain *d);
/* All are there: after this they may be asked for. */
void containers_then_settle(struct containers_then *t);

#endif
