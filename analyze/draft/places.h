/*
 * The containers of AD as a tree, with what lies in each: how many objects that
 * synchronization can take, and how many of them the tenant synchronizes.
 */
#ifndef ANALYZE_DRAFT_PLACES_H
#define ANALYZE_DRAFT_PLACES_H

#include <stddef.h>
#include <stdint.h>

#include "analyze/object/object.h"
#include "base/hash_index.h"

/* What a draft of the scope makes of a container. */
enum place_fate {
	PLACE_OPEN,              /* nothing is said of it */
	PLACE_MIXED,             /* nor of this one, where some synchronize */
	PLACE_INCLUDED,          /* it is named */
	PLACE_WITHIN,            /* it lies in one that is included */
	PLACE_EXCLUDED,          /* it is named */
	PLACE_WITHOUT,           /* it lies in one that is excluded */
};

struct scope_place {
	char *dn;                        /* as it was met first */
	size_t parent;                   /* its own number: there is none */
	uint64_t own[KIND_COUNT], own_synced;
	uint64_t below, below_synced;    /* in it and all it contains */
	enum place_fate fate;
};

/* A zeroed struct is empty. Parents come before their children. */
struct places {
	struct scope_place *items;
	size_t count, room;
	struct hash_index index;
};

void places_release(struct places *p);
/* Counts the AD object O; SYNCED: whether the tenant synchronizes it. */
void places_take(struct places *p, const struct object *o,
                 enum tristate synced);
/*
 * All objects were taken. Drafts the scope: the highest containers of whose
 * objects most are synchronized are included, and those in them excluded in
 * which none is. Where some are, who knows whether they should be?
 */
void places_draft(struct places *p);

#endif
