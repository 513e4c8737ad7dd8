/*
 * What is to be done about one object: its findings, gathered by the change
 * that cures them. One is filled again and again.
 */
#ifndef REPORT_OBJECT_WORK_H
#define REPORT_OBJECT_WORK_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "analyze/findings/findings.h"
#include "base/mem.h"

/* Findings of the object that one change cures, or that have none. */
struct work_item {
	const char *change;      /* NULL: nothing is to be changed */
	/*
	 * One that follows from no other, if there is one; of these the worst,
	 * and the first that proposes a value.
	 */
	struct finding best;
	enum severity severity;  /* the worst of them */
	uint64_t findings;
	const char **rules;      /* of them, without repeats */
	size_t rule_count, rule_room;
};

struct object_work {
	struct finding first;    /* that names the object */
	uint64_t findings;       /* all; 0: there is no object */
	uint64_t open;           /* and that count: open, and planned */
	enum severity worst;     /* of these */
	struct work_item *items; /* of these, in the order of the findings */
	size_t count, room;
	struct arena arena;      /* of all of it; takers may add to it */
};

/* A zeroed one is empty. */
void object_work_take(struct object_work *w, const struct finding *f);
void object_work_clear(struct object_work *w);
void object_work_release(struct object_work *w);

/* Whether it is work: what is waived, or false, is none. */
bool work_counts(enum status s);
/* The rules of an item, "a;b", in A. */
const char *work_rules(const struct work_item *i, struct arena *a);
/* The other objects that the finding speaks of, "a; b", likewise. */
const char *work_others(const struct finding *f, struct arena *a);

#endif
