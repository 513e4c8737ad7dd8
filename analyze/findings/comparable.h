/*
 * Whether what one folder of findings does not have can be held against
 * another one that has it: not found is only what was looked for.
 */
#ifndef ANALYZE_FINDINGS_COMPARABLE_H
#define ANALYZE_FINDINGS_COMPARABLE_H

#include <stdbool.h>
#include <stddef.h>

#include "base/hash_index.h"
#include "base/mem.h"

struct finding;
struct findings;

enum comparability {
	COMPARABLE,
	COMPARABLE_IN_PART,        /* by what was changed alone */
	COMPARABLE_IF_GONE,        /* only if the object is gone */
	COMPARABLE_NOT
};

/* That of a rule in a domain, and why it is not whole; else NULL. */
struct compared_rule {
	enum comparability is;
	const char *why;
	const char *rule, *domain; /* DOMAIN may be NULL */
};

/* From the folder that has the findings to the one that has not. */
struct comparer {
	const struct findings *here, *there;
	struct compared_rule **items;        /* in the arena */
	size_t count, room;
	struct hash_index by_rule;
	struct arena arena;
};

void comparer_init(struct comparer *c, const struct findings *here,
                   const struct findings *there);
void comparer_release(struct comparer *c);
/* That of the rule and the domain of F; the comparer has it. */
const struct compared_rule *comparer_ask(struct comparer *c,
                                         const struct finding *f);
/*
 * Whether the snapshots of THERE can show what happened to the object of F,
 * which HERE tells: they reach back behind it, or HERE had no others. What is
 * on no event they can.
 */
bool comparer_sees_event(const struct comparer *c, const struct finding *f);

#endif
