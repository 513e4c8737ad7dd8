/*
 * The changes of AD that findings propose, an object each, and which of them
 * are written: what two findings propose alike is one change, and what they
 * propose otherwise is nobody's to decide but people's. Texts are the plan's.
 */
#ifndef REPORT_REPAIR_CHANGES_H
#define REPORT_REPAIR_CHANGES_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/hash_index.h"
#include "base/mem.h"
#include "report/repair/change_values.h"

struct err;
struct finding;
struct finding_selector;
struct findings;

/* All that becomes of one object for one cause: one modify. */
struct repair_change {
	const char *dn, *guid;     /* the latter, or NULL */
	const char *name, *domain; /* for people; and AD's, or NULL */
	size_t cause;              /* its number in the order of the report */
	struct repair_part *parts;
	uint64_t findings;         /* that it is for */
	const char *refused;       /* why it is not written; NULL: it is */
	size_t into;               /* itself, or that it is a part of */
	size_t file;               /* in which it stands */
};

struct repair_cause {
	const char *id, *rule, *title;
	uint32_t order;            /* UINT32_MAX: it has none */
};

/* A file: the changes of one cause and domain. */
struct repair_file {
	size_t cause;
	const char *domain, *name; /* the latter without its end */
	const size_t *changes;     /* in their order */
	size_t count;
};

/* What becomes of a finding that proposes something. */
struct repair_fate {
	size_t change;             /* REPAIR_NONE: none, for WHY */
	const char *why;
};

#define REPAIR_NONE SIZE_MAX

struct repair_plan {
	struct arena arena;
	struct repair_cause *causes;
	size_t cause_count, cause_room;
	struct repair_change *changes;
	size_t count, room;
	size_t first;              /* of the object that was met last */
	struct repair_fate *fates; /* of each that proposes and is chosen */
	size_t fate_count, fate_room;
	/* Values that are given up by what is not chosen, or not open. */
	struct hash_index given_up;
	const char **given_texts;
	size_t given_count, given_room;
	struct repair_file *files; /* set by changes_order */
	size_t file_count;
	uint64_t chosen, unchosen; /* findings that are open */
	uint64_t written, left;    /* changes; left out by their number */
};

/* Reads all findings. 0, or -1 with ERR filled; release it in any case. */
int changes_read(struct repair_plan *p, const struct findings *f,
                 const struct finding_selector *chosen, struct err *err);
void changes_release(struct repair_plan *p);

/*
 * Puts files and the changes in them into an order in which a value is given up
 * before somebody else gets it; what has none is refused. At most MAX are
 * written. (change_order.c)
 */
void changes_order(struct repair_plan *p, uint64_t max);

#endif
