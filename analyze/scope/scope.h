/*
 * The sync scope: which AD objects the engine takes, by the policy's OUs and
 * group and by the engine's default filters (RULEXML, the sample configuration
 * of the AADConnectConfigDocumenter repository; "Microsoft Entra Connect Sync:
 * Understanding the default configuration").
 */
#ifndef ANALYZE_SCOPE_SCOPE_H
#define ANALYZE_SCOPE_SCOPE_H

#include <stdbool.h>
#include <stdint.h>

#include "analyze/model/model.h"

struct filter_set;
struct policy;
struct scope;

struct scope *scope_new(const struct policy *p);
void scope_free(struct scope *s);

/* Whether DN is the policy's filter group, whose members are wanted. */
bool scope_is_group(const struct scope *s, const char *dn);
/* Takes a direct member of the filter group. */
void scope_add_member(struct scope *s, const char *dn);
/* All members are there; scope_judge may be called. */
void scope_members_done(struct scope *s);

/* What the policy's containers and group say of the object DN. */
struct scope_verdict scope_place(const struct scope *s, const char *dn);
/*
 * The same for the objects that lie directly in PARENT; *EACH when one of them
 * may be named itself, so that scope_place must be asked for each.
 */
struct scope_verdict scope_children(const struct scope *s, const char *parent,
                                    bool *each);

/*
 * Sets o->scope: PLACE, or what a default filter of the engine says, or one of
 * CUSTOM, which may be NULL. COVERED are the ATTR_BITs that were asked for: a
 * filter that needs another attribute is not applied. Reasons belong to the
 * scope and the policy.
 */
void scope_judge(struct object *o, uint64_t covered,
                 const struct filter_set *custom, struct scope_verdict place);

/*
 * The same for what depends on the engine, and on whether the object has an
 * account already: a group over its limit that has one stays.
 */
void scope_judge_account(const struct policy *p, struct object *o,
                         struct arena *a);

/*
 * Whether the policy's containers exist: take those of AD one by one, then ask
 * for the first that none of them was; NULL when all were met.
 */
void scope_meet(struct scope *s, const char *dn);
const char *scope_unmet(const struct scope *s);

/* The scope in a sentence; belongs to the scope. */
const char *scope_text(const struct scope *s);

#endif
