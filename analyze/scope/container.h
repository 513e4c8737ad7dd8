/*
 * The containers that objects lie in. There are few of them beside the objects:
 * what a DN's parent decides is worked out once. Each thread has its own.
 */
#ifndef ANALYZE_SCOPE_CONTAINER_H
#define ANALYZE_SCOPE_CONTAINER_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "analyze/model/model.h"

struct container {
	const char *dn;              /* as it is written; "" at the top */
	size_t len;
	uint64_t hash;               /* of the normalised DN; 0: is none */
	const char *domain;          /* the DNS name that its DN gives */
	struct scope_verdict place;  /* what the policy says of its children */
	bool each;                   /* they must be asked for one by one */
};

struct containers;

struct containers *containers_new(const struct scope *s);
void containers_free(struct containers *cs);

/* Adds what CS has met to PLACES; texts go to A. */
void containers_tell(const struct containers *cs, struct places *to,
                     struct arena *a);

/* The container of the object DN; lives as long as CS. */
const struct container *container_of(struct containers *cs, const char *dn);

/* What the policy's containers and group say of the object. */
struct scope_verdict container_place(struct containers *cs, const char *dn);

/* A fingerprint in which equal DNs are equal; 0 when DN is none. */
uint64_t container_dn_hash(struct containers *cs, const char *dn);

#endif
