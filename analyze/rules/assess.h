/* What a rule can judge of a model, and what it cannot, and why. */
#ifndef ANALYZE_RULES_ASSESS_H
#define ANALYZE_RULES_ASSESS_H

#include "analyze/rules/rule.h"

struct assessment {
	struct section_set sections;     /* whose objects can be judged */
	const char *reason;      /* what lacks; NULL: everything is there */
	bool inapplicable;       /* there is nothing to look at: REASON */
	uint64_t objects;        /* in those sections; or so many domains, */
	bool as_whole;           /* or the tenant, which it judges as such */
};

/* What is said of a section that is not complete. */
const char *assess_lack(struct model_part p, enum section s);

/*
 * Of the objects of a part: those of a domain, or, for a rule on the tenant's
 * objects, those of all. Reasons go to the arena A or are static.
 */
void assess(struct model_part p, const struct rule *rule, struct arena *a,
            struct assessment *out);

/* The attributes that the rule reads, and what all that match hang on. */
struct attr_set assess_reads(const struct rule *rule);
/*
 * Adds to IS that values of UNCLEAR could not be read of so many objects, but
 * for what the manifest tells.
 */
void assess_unclear(const struct model *m, const struct rule *rule,
                    const struct attr_set *unclear, uint64_t objects,
                    struct arena *a, struct assessment *is);

/* The outcome of a rule that ran on what IS gives and had FINDINGS. */
enum outcome assess_outcome(const struct assessment *is, uint64_t findings);

#endif
