/*
 * Where objects stand: domains, and the containers below them, as a tree. What
 * is counted in a place is counted in all above it.
 */
#ifndef REPORT_PAGE_PLACE_TREE_H
#define REPORT_PAGE_PLACE_TREE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "analyze/findings/findings.h"
#include "base/hash_index.h"
#include "base/mem.h"

struct buf;

#define PLACE_NONE UINT32_MAX

struct tree_place {
	const char *name;        /* of itself: an OU's, or a domain's */
	const char *dn;          /* by which it was met first; or NULL */
	uint32_t parent;         /* PLACE_NONE: a domain */
	unsigned depth;
	uint64_t own[READINESS_COUNT];   /* objects right in it */
	uint64_t all[READINESS_COUNT];   /* and below it: tree_sum */
	uint64_t weight;         /* findings and objects, likewise */
	size_t children;
	uint32_t shown;          /* the place that stands for it on the page */
};

/* A zeroed one is empty. */
struct place_tree {
	struct tree_place *items;
	size_t count, room;
	size_t roots;
	struct hash_index by_dn, by_name;
	struct arena texts;
};

/* The place of the object DN; DOMAIN, or NULL, is for what has none. */
uint32_t tree_of(struct place_tree *t, const char *dn, const char *domain);
/* Adds up; a place stands behind its parent. */
void tree_sum(struct place_tree *t);
/*
 * Sets .shown so that at most MOST places are shown, the weightiest: others are
 * shown by the next one above them. A domain is always shown.
 */
void tree_fold(struct place_tree *t, size_t most);

uint64_t place_objects(const struct tree_place *p);    /* in scope, all */
/* "corp.example/Accounts/Berlin"; without the domain where there is one. */
void tree_path(const struct place_tree *t, uint32_t place, struct buf *out);

/* The numbers of all places that have objects in scope, most blocked first. */
size_t tree_sorted(const struct place_tree *t, uint32_t **out);
/*
 * At most MOST places of which none lies in another and which together have all
 * objects but *REST of places; the most blocked first.
 */
size_t tree_apart(const struct place_tree *t, size_t most, uint32_t **out,
                    size_t *rest);

void tree_release(struct place_tree *t);

#endif
