/*
 * Rules. A rule is one small function over one object of the const model, and
 * one row of the table at the foot of its file. The row says what must be
 * known before the rule can judge; the runner owns order and outcome, so no
 * rule tests for missing input.
 */
#ifndef ANALYZE_RULE_H
#define ANALYZE_RULE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "analyze/findings.h"
#include "analyze/model.h"

struct assessment;
struct check;
struct fetch;

#define KIND_BIT(k) (1u << (k))

/* What a rule needs beside its own objects. */
enum need {
	NEED_SCOPE = 1 << 0,       /* the policy says what is in scope */
	NEED_HISTORY = 1 << 1,     /* an older AD snapshot */
	NEED_PAST = 1 << 2,        /* that, or replication metadata */
	NEED_DOMAINS = 1 << 3,     /* initial and verified domains */
	NEED_ELSEWHERE = 1 << 4,   /* an older AD snapshot or the tenant */
	NEED_SYNCED = 1 << 5,      /* the tenant has synchronized users */
	/* what it reads; these are always there */
	NEED_FORECAST = 1 << 6,
	NEED_SHARERS = 1 << 7,     /* check_sharer */
	NEED_UNCLAIMED = 1 << 8,   /* accounts that no AD object stands for */
};

struct rule {
	const char *id;            /* printed, documented, never reused */
	enum severity severity;
	enum side side;            /* whose objects it is called for */
	unsigned kinds;            /* KIND_BITs of them */
	uint64_t attrs;            /* ATTR_BITs asked for in their sections */
	uint64_t any_attr;         /* of these, one will do */
	struct section_set sections;       /* others, to be complete */
	struct section_set wishes;         /* else it judges only in part */
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
/*
 * Whether the AD snapshot would hold the object of a synchronized account, if
 * there were one: it looked into its domain, or into its container.
 */
bool check_belongs(struct check *c, const struct object *o);
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
extern const struct family account_rules;      /* rules/account.c */
extern const struct family identity_rules;     /* rules/identity.c */
extern const struct family sign_in_rules;      /* rules/sign_in.c */
extern const struct family match_rules;        /* rules/match.c */
extern const struct family same_rules;         /* rules/same.c */

/* The catalogue: the number of rules, and each in order. */
size_t rules_count(void);
const struct rule *rules_get(size_t i);
const struct rule *rules_find(const char *id);

/* Rules by a list "id,id,pattern*"; false with *WRONG set to an unknown one. */
bool rules_choose(const char *list, bool *chosen, char *wrong, size_t size);

/* The rules that are to run over a model, and what each can judge there. */
struct docket {
	const struct model *m;
	const bool *chosen;          /* NULL: all */
	struct assessment *is;       /* of each rule */
	unsigned needs;              /* of all of them */
	/* Those that judge objects of a side and kind, by number. */
	unsigned short *for_kind[SIDE_COUNT][KIND_COUNT];
	size_t for_count[SIDE_COUNT][KIND_COUNT];
	struct arena arena;
};

void docket_open(struct docket *d, const struct model *m, const bool *chosen);
void docket_close(struct docket *d);
bool docket_has(const struct docket *d, size_t rule);

/* How often a rule reported, and how many objects. */
struct rule_count {
	uint64_t findings, objects;
};

/*
 * A thread's way of running rules. Screening comes first, over objects whose
 * twin, past and sharers are not at hand: an object is suspect when a rule
 * reports something or may do so then. Only suspects are judged; whatever adds
 * to what a rule knows of an object (a past, a sharer) must make it one.
 */
struct check *check_new(const struct docket *d, struct fetch *f);
void check_free(struct check *c);
/* The forecast of an AD object is there, if any rule needs it. */
bool check_screen(struct check *c, const struct object *o);
/*
 * Runs the rules on an AD object and its account; either may be NULL. The
 * findings go to BATCH, their numbers to COUNTS (one for each rule). 0, or -1
 * with ERR filled. *WORST is the worst severity, or SEVERITY_COUNT.
 */
int check_judge(struct check *c, const struct object *ad,
                const struct object *account, struct findings_batch *batch,
                struct rule_count *counts, enum severity *worst,
                struct err *err);

/*
 * Another AD object that has the address, too, or NULL; of several the first.
 * It lives until the rule returns.
 */
const struct object *check_sharer(struct check *c, const struct object *o,
                                  const char *address);

/*
 * Runs the chosen rules (NULL: all) over the model, writes findings, and with
 * all rules the forecast; fills *COUNT of RESULTS, which has room for
 * rules_count() (their texts live in ARENA or are static). 0, or -1 with ERR
 * filled.
 */
int rules_run(const struct model *m, const bool *chosen,
              struct findings_writer *w, struct rule_result *results,
              size_t *count, struct arena *arena, struct err *err);

#endif
