/*
 * Custom attribute filters: what rules of the sync engine that set
 * cloudFiltered take out of scope. An object of the rule's kind for which all
 * conditions hold is filtered ("Microsoft Entra Connect Sync: Configure
 * filtering"). Rules belong to the policy's arena.
 */
#ifndef ANALYZE_POLICY_FILTER_RULE_H
#define ANALYZE_POLICY_FILTER_RULE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "analyze/object/object.h"

struct arena;
struct custom_attributes;

enum filter_operator {
	FILTER_EQUAL, FILTER_NOT_EQUAL, FILTER_NULL, FILTER_NOT_NULL,
	FILTER_STARTS, FILTER_NOT_STARTS, FILTER_ENDS, FILTER_NOT_ENDS,
	FILTER_CONTAINS, FILTER_NOT_CONTAINS, FILTER_LESS, FILTER_GREATER,
	FILTER_LESS_OR_EQUAL, FILTER_GREATER_OR_EQUAL, FILTER_BIT_SET,
	FILTER_BIT_NOT_SET,
	FILTER_OPERATORS
};

struct filter_condition {
	const char *attribute;
	enum filter_operator operator;
	const char *value;       /* NULL where the operator wants none */
	size_t source;           /* see filter_value.h */
};

/* What becomes of an object that a rule's conditions hold for. */
enum filter_effect {
	FILTER_OUT,              /* cloudFiltered: it is not synchronized */
	FILTER_NO_FLOW,          /* cloudNoFlow: another engine has it */
};

struct filter_rule {
	const struct filter_rule *next;
	enum kind kind;
	enum filter_effect effect;
	const struct filter_condition *where;
	size_t count;
	struct attr_set needs;   /* what must have been asked for */
	const char *reason;      /* "filtered: extensionAttribute15 EQUAL x" */
	const char *unknown;     /* the same, where that was not collected */
};

/* The rules of a policy, or of a forest, in order. */
struct filter_set {
	const struct filter_rule *rules;
	const struct filter_rule **end;
	struct custom_attributes *custom;    /* other sets share it */
};

/* "EQUAL", "ISBITSET": as the sync engine writes them. */
const char *filter_operator_name(enum filter_operator op);
/* 0, or -1 when there is no such operator. */
int filter_operator_parse(enum filter_operator *op, const char *name);
/* Whether the operator compares with a value. */
bool filter_operator_wants_value(enum filter_operator op);
/* Sets *OUT to what holds where OP does not; -1 when no operator does. */
int filter_operator_negate(enum filter_operator *out, enum filter_operator op);

/* "user", "group", "contact", "computer"; 0, or -1 when it is none of them. */
int filter_class_parse(enum kind *kind, const char *name);

/*
 * Whether the condition holds for an object whose attribute has these values;
 * N is 0 when it has none. Of several values one is enough, and none of them
 * may be what a NOT operator names.
 */
bool filter_condition_holds(const struct filter_condition *c,
                            const char *const *values, size_t n);
/*
 * Whether the rule filters the object, whatever its kind; UNKNOWN where that
 * hangs on what COVERED, the attributes that were asked for, has not.
 */
enum tristate filter_rule_says(const struct filter_rule *r,
                               const struct object *o,
                               const struct attr_set *covered);

/*
 * A set without rules, in the arena; what its rules name goes into CUSTOM,
 * which must live as long.
 */
struct filter_set *filter_set_new(struct arena *a,
                                  struct custom_attributes *custom);
/*
 * Adds the rule that all COUNT conditions of WHERE filter objects of KIND;
 * WHERE and its texts are in the arena, and their sources are found. 0, or -1
 * when the rules name more than CUSTOM_MAX attributes that the model does not
 * read by itself.
 */
int filter_set_add(struct filter_set *set, struct arena *a, enum kind kind,
                   struct filter_condition *where, size_t count);
/* The same for the sync engine's rule NAME, which sets cloudNoFlow. */
int filter_set_add_no_flow(struct filter_set *set, struct arena *a,
                           enum kind kind, struct filter_condition *where,
                           size_t count, const char *name);

#endif
