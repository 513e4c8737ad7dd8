/* Proposals: what an administrator should write into AD. */
#ifndef ANALYZE_RULES_SUGGEST_H
#define ANALYZE_RULES_SUGGEST_H

struct arena;
struct model;
struct object;

/*
 * The address that should be the primary of an AD object: an address of its
 * own in a verified domain of the company, else its account name in the
 * company's first domain. NULL when nothing can be proposed.
 */
const char *suggest_address(const struct model *m, const struct object *o,
                            struct arena *a);

#endif
