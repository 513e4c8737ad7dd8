/*
 * The sync scope: which AD objects the engine takes, by the policy's OUs and
 * group and by the engine's default filters (RULEXML, the sample configuration
 * of the AADConnectConfigDocumenter repository; "Microsoft Entra Connect Sync:
 * Understanding the default configuration").
 */
#ifndef ANALYZE_SCOPE_SCOPE_H
#define ANALYZE_SCOPE_SCOPE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "analyze/object/object.h"

struct arena;
struct filter_set;
struct policy;
struct scope;

struct scope *scope_new(const struct policy *p);
void scope_free(struct scope *s);

/*
 * Whether DN is one of the policy's filter groups, whose members are wanted; it
 * is met then.
 */
bool scope_is_group(struct scope *s, const char *dn);
/* The first filter group that was not met, as written; NULL: all were. */
const char *scope_unmet_group(const struct scope *s);
/* Takes a direct member of any filter group. */
void scope_add_member(struct scope *s, const char *dn);
/* All members are there; scope_judge may be called. */
void scope_members_done(struct scope *s);

/* Of an object without a DN, where the policy names places. */
extern const struct scope_verdict scope_not_known;

/* What the policy's containers and group say of the object DN, or NULL. */
struct scope_verdict scope_place(const struct scope *s, const char *dn);
/*
 * The same for the objects that lie directly in PARENT; *EACH when one of them
 * may be named itself, so that scope_place must be asked for each.
 */
struct scope_verdict scope_children(const struct scope *s, const char *parent,
                                    bool *each);

/*
 * Whether the policy's containers exist: take those of AD one by one, then ask
 * for the first that none of them was; NULL when all were met.
 */
void scope_meet(struct scope *s, const char *dn);
const char *scope_unmet(const struct scope *s);

/* The scope in a sentence; belongs to the scope. */
const char *scope_text(const struct scope *s);

/* ---- filters (filters.c) ---- */

/*
 * Sets o->scope: PLACE, or what a default filter of the engine says, or one of
 * CUSTOM, which may be NULL. COVERED is what was asked for: a
 * filter that needs another attribute is not applied. Reasons belong to the
 * scope and the policy.
 */
void scope_judge(struct object *o, const struct attr_set *covered,
                 const struct filter_set *custom, struct scope_verdict place);

/*
 * The same for what depends on the engine, and on whether the object has an
 * account already: a group over its limit that has one stays.
 */
void scope_judge_account(const struct policy *p, struct object *o,
                         struct arena *a);

/* ---- containers (container.c) ---- */

/*
 * The containers that objects lie in. There are few of them beside the objects:
 * what a DN's parent decides is worked out once. Each thread has its own.
 */
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

/* Those that CS has met: *AT begins as 0; NULL at the end. */
const struct container *containers_next(const struct containers *cs,
                                        size_t *at);

/* The container of the object DN; lives as long as CS. */
const struct container *container_of(struct containers *cs, const char *dn);

/* What the policy's containers and group say of the object; DN may lack. */
struct scope_verdict container_place(struct containers *cs, const char *dn);

/* A fingerprint in which equal DNs are equal; 0 when DN is none. */
uint64_t container_dn_hash(struct containers *cs, const char *dn);

#endif
