/*
 * Causes: what many findings share, told once with one action. A part of
 * findings.h; causes.ndjson in findings(5).
 */
#ifndef ANALYZE_FINDINGS_CAUSES_H
#define ANALYZE_FINDINGS_CAUSES_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "analyze/findings/cause_parts.h"
#include "analyze/findings/words.h"
#include "base/hash_index.h"
#include "base/mem.h"

/*
 * What a finding shares with others of its rule: a suffix, an OU, a setting.
 * TITLE and ACTION are static, and in them {} stands for VALUE.
 */
struct shared_cause {
	const char *value;         /* NULL: nothing, the rule is the cause */
	const char *title;         /* NULL: the rule's, and the value */
	const char *action;        /* NULL: the rule's fix */
};

enum {
	CAUSE_EXAMPLES = 5,
	/* Of one rule; what more there is shares the cause of the rule. */
	CAUSE_VALUES_MAX = 1000,
	CAUSE_NAMES = 32,
	CAUSE_ID_TEXT = 33,
};

/* A line of causes.ndjson. */
struct cause {
	const char *id, *rule;
	const char *value;         /* what is shared; or NULL */
	const char *title;         /* "38 users: UPN suffix x.local ..." */
	/* Of its open findings; where none is open, of the waived ones. */
	enum severity severity;    /* the worst */
	uint64_t objects;          /* different ones */
	uint64_t findings;         /* without those that are attached */
	uint64_t attached;         /* that follow from these */
	uint64_t waived;           /* beside them, or all of them */
	bool is_waived;            /* no finding of it is open */
	const char *action, *authority, *tool;   /* or NULL */
	const char *const *examples;             /* names of objects, sorted */
	size_t example_count;
	/* What older folders do not have: see is_ranked, and NULL. */
	const char *brief;         /* "because of ..." */
	const char *owner;         /* who takes the action */
	const char *const *steps;  /* the action, a step each */
	size_t step_count;
	const char *command;       /* for one object; NULL: none is safe */
	bool is_ranked;            /* the members up to the next are known */
	uint32_t order;            /* from 1; 0: all of it is waived */
	uint64_t changes;          /* different ones */
	const struct told_conflict *conflicts;
	size_t conflict_count;
	bool is_forecast;          /* and so are these */
	uint64_t blocked;          /* objects, be it with others */
	uint64_t blocked_after;    /* of all, with those above it cured */
};

/* A value that several objects claim, of the first 25 of a cause. */
struct told_conflict {
	const char *value;
	const char *const *claimants;        /* names, sorted */
	size_t count;
	bool has_more;             /* than these */
};

/* Of causes with open findings, and of open findings that are attached. */
struct cause_sums {
	uint64_t by_severity[SEVERITY_COUNT];
	uint64_t attached[SEVERITY_COUNT];
	uint64_t count;            /* of all causes */
	bool has_changes;          /* else an older program wrote it: */
	uint64_t changes;          /* different ones, of open findings */
	/* Objects that stay blocked when all causes are cured. */
	bool has_left;             /* the same; or there is no forecast */
	uint64_t blocked_left;
};

/* The same texts again and again, by number: those behind the last are it. */
struct cause_names {
	const char *items[CAUSE_NAMES];
	size_t count;
};

/* What is counted of its findings that are open, and of the others. */
struct cause_tally {
	enum severity worst;       /* SEVERITY_COUNT: there is none */
	uint64_t objects, findings, attached;
	uint64_t last;             /* fingerprint of the object counted last */
	uint64_t by_class[CAUSE_NAMES];
	char *examples[CAUSE_EXAMPLES];
	size_t example_count;
};

struct counted_cause {
	char id[CAUSE_ID_TEXT];
	const char *rule, *authority, *value;    /* its key */
	const char *title, *action;              /* as of shared_cause */
	bool deletes;              /* accounts are deleted for it */
	struct cause_tally open, waived;
	uint32_t tools;            /* bits of the table's names */
	char *command;             /* of the first that has one; or NULL */
	struct conflicts conflicts;
	uint64_t changes;
	/* Set by causes_order. */
	uint64_t blocked, blocked_after;
	uint32_t order;
};

/* How many values of a rule have causes of their own. */
struct cause_values {
	const char *rule;
	size_t values;
};

/* A zeroed one is empty. */
struct cause_table {
	struct counted_cause *items;
	size_t count, room;
	struct cause_values *rules;              /* of the writer's */
	size_t rule_count, rule_room;
	struct hash_index by_key;
	struct cause_names classes, tools;
	uint64_t open[CAUSE_NAMES];              /* findings, by class */
	struct blocked_sets blocked;             /* of the writer's */
	struct change_tally changes;             /* likewise */
	uint64_t left;             /* set by causes_order */
	struct arena texts;
};

/* A finding in a batch; the object of all that are adjacent counts once. */
struct cause_ref {
	size_t at;                 /* where its line has the id */
	uint64_t object;           /* a fingerprint */
	uint32_t cause;            /* number in the table */
	unsigned char class, severity;
	bool open, attached;
	bool blocks;               /* its object is not ready for it */
	bool is_shared;            /* its change may be others', too */
	uint64_t change;           /* a fingerprint; 0: there is none */
};

/* Those of an object that is blocked, among the batch's. */
struct blocked_run {
	size_t first, count;
};

/* What a thread has, beside its lines. A zeroed one is empty. */
struct cause_batch {
	struct cause_table table;
	struct cause_ref *refs;
	size_t count, room;
	struct blocked_run *blocked;
	size_t blocked_count, blocked_room;
};

#endif
