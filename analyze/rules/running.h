/* A thread that runs rules: what check.c and sharers.c share. */
#ifndef ANALYZE_RULES_RUNNING_H
#define ANALYZE_RULES_RUNNING_H

#include <stdbool.h>
#include <stddef.h>

#include "analyze/rules/cause.h"
#include "analyze/rules/rules.h"

/* What a rule on no object has reported: each by what no other is called. */
struct reported_wholes {
	const char **items;          /* in the check's arena */
	size_t count, room;
};

struct check {
	const struct rule_plan *plan;
	struct fetch *fetch;
	find_stander *stander;
	struct suffix_memory *suffixes;      /* of domains; made when used */
	struct sharer_memory *sharers;       /* NULL: for rules on no object */
	struct findings_batch *batch;
	bool of_system;              /* a system's account, which sync takes */
	const struct object *ad;     /* that is judged, or whose account; */
	enum tristate flawed;        /* whether it has values with flaws */
	bool screening;
	struct arena scratch;        /* for texts of one rule on one object */
	size_t rule;                 /* that runs */
	struct rule_count *count;    /* of it; NULL while screening */
	unsigned reported;           /* by it, of the object at hand */
	struct reported_wholes wholes;
	struct pending_list pending;     /* of the object at hand */
	struct explained explained;  /* by the objects that were judged */
	enum severity worst;         /* of the object at hand; COUNT: none */
	const struct findings_writer *writer;    /* for rules on the tenant */
	enum severity *worst_by;     /* the same by rule */
	struct err *err;             /* what the rule met, if it did */
	bool failed;
};

/* Puts F with the status that a waiver gives it. */
void check_put(struct check *c, const struct finding *f);
/* The message, with the name of what is invisible in the value. */
const char *check_message(struct check *c, const struct failure *f);
/* Gives OUT, which is on KEY, those others that F is about. */
void check_relate(struct check *c, const struct object *key,
                  const struct failure *f, struct finding *out);
/* Counts what a rule on no object has reported, when it returns. */
void check_whole_end(struct check *c);

#endif
