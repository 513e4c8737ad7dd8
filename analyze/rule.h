/*
 * Rules. A rule is one small function over one object of the const model, and
 * one row of the table at the foot of its file. The row says what must be
 * known before the rule can judge; the runner owns order and outcome, so no
 * rule tests for missing input.
 */
#ifndef ANALYZE_RULE_H
#define ANALYZE_RULE_H

#include <stddef.h>
#include <stdint.h>

#include "analyze/findings.h"
#include "analyze/model.h"

struct check;

#define KIND_BIT(k) (1u << (k))
#define SECTION_BIT(s) (1u << (s))

/* What a rule needs beside its own objects. */
enum need {
	NEED_SCOPE = 1 << 0,       /* the policy says what is in scope */
	NEED_HISTORY = 1 << 1,     /* an older AD snapshot */
	NEED_PAST = 1 << 2,        /* that, or replication metadata */
	NEED_DOMAINS = 1 << 3,     /* initial and verified domains */
	NEED_ELSEWHERE = 1 << 4,   /* an older AD snapshot or the tenant */
};

struct rule {
	const char *id;            /* printed, documented, never reused */
	enum severity severity;
	enum side side;            /* whose objects it is called for */
	unsigned kinds;            /* KIND_BITs of them */
	uint64_t attrs;            /* ATTR_BITs asked for in their sections */
	uint64_t any_attr;         /* of these, one will do */
	unsigned sections;         /* SECTION_BITs: others, to be complete */
	unsigned needs;            /* enum need */
	void (*check)(struct check *c, const struct object *o);
	const char *title, *why, *fix, *source;
};

/* What a rule says of an object; a NULL takes the rule's own, or null. */
struct failure {
	enum severity severity;    /* set it: the rule's is in check_severity */
	const char *attribute;
	const char *observed, *expected;
	const char *message;
	const char *fix;
};

/* The model that is judged. */
const struct model *check_model(const struct check *c);
/* The severity of the rule that runs. */
enum severity check_severity(const struct check *c);
/* Reports the object; more than once if need be. */
void check_fail(struct check *c, const struct object *o,
                const struct failure *f);
/* Text that lives until the rule returns. */
const char *check_textf(struct check *c, const char *fmt, ...)
	__attribute__((format(printf, 2, 3)));
/* An arena for such text. */
struct arena *check_arena(struct check *c);

/* A file's rules, and the table of files in rules.c. */
struct family {
	const struct rule *rules;
	size_t count;
};

extern const struct family primary_rules;      /* rules/primary.c */
extern const struct family address_rules;      /* rules/address.c */
extern const struct family scope_rules;        /* rules/scope.c */
extern const struct family password_rules;     /* rules/password.c */

/* The catalogue: the number of rules, and each in order. */
size_t rules_count(void);
const struct rule *rules_get(size_t i);
const struct rule *rules_find(const char *id);

/*
 * Runs all rules over the model, writes findings and forecast, and fills
 * RESULTS (rules_count() of them; their texts live in ARENA or are static).
 */
void rules_run(const struct model *m, struct findings_writer *w,
               struct rule_result *results, struct arena *arena);

#endif
