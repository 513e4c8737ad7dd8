/* difference.ndjson: what edits change (findings(5)). */
#ifndef ANALYZE_FINDINGS_COMPARISON_H
#define ANALYZE_FINDINGS_COMPARISON_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/mem.h"

struct err;
struct findings_writer;

/*
 * The difference that edits make: findings and forecasts of an analysis
 * without them against those of the one with them. Part of the findings format
 * (findings(5), difference.ndjson).
 */
enum { DIFFERENCE_EXAMPLES = 10, DIFFERENCE_WORDS = 16 };

/* Before and after. */
enum difference_side { BEFORE, AFTER, DIFFERENCE_SIDES };

struct difference_rule {
	const char *rule;
	uint64_t cured, fresh;
};

/* How many objects of the forecast have a word; the last row is empty. */
struct difference_word {
	const char *word;
	uint64_t count[DIFFERENCE_SIDES];
};

/* What is told of it on the terminal; release it in any case. */
struct difference {
	struct arena arena;
	uint64_t causes_cured, causes_fresh;
	struct difference_rule *rules;   /* as they are met */
	size_t rule_count, rule_room;
	struct difference_word actions[DIFFERENCE_WORDS];
	struct difference_word readiness[DIFFERENCE_WORDS];
	uint64_t forecasts;              /* that differ */
	const char *examples[DIFFERENCE_EXAMPLES];
	size_t example_count;
};

/* Embed it: what is compared with what is being written. */
struct comparison {
	struct findings_writer *before;  /* the other findings, all added */
	/* What an object without GUID is called after the edits. */
	const char *(*renamed)(struct comparison *c, const char *dn);
};

/*
 * Writes difference.ndjson among the findings of W, and fills OUT. Call it
 * behind findings_finish of both and before findings_commit; 0, or -1 with ERR
 * filled.
 */
int difference_write(struct findings_writer *w, struct comparison *c,
                     struct difference *out, struct err *err);
/* An empty one, which difference_write makes of OUT by itself. */
void difference_init(struct difference *d);
void difference_release(struct difference *d);
void difference_print(const struct difference *d);

/* ---- plans ---- */

/* A row of a plan (what-if(5)); it borrows its texts. */
struct plan_row {
	unsigned line;             /* of its file */
	const char *object;        /* as the file names it */
	const char *guid, *dn;     /* of the object: GUID, or normalised DN */
	const char *attribute;
	const char *value, *update;      /* NULL: none */
	bool stale;                /* the object has no such value */
	uint64_t cures, breaks;    /* set by plan_write */
};

/* All of it, and what is told of it. */
struct edit_plan {
	const char *name;          /* of its file */
	struct plan_row *rows;
	size_t count;
	uint64_t idle, refused;    /* rows with nothing to do; UNDO, FAIL */
	uint64_t others;           /* findings that are no row's own */
};

/*
 * Writes plan.ndjson among the findings of W, whose difference is written: what
 * each row cures and breaks. Fills the counts. 0, or -1 with ERR filled.
 */
int plan_write(struct findings_writer *w, struct edit_plan *p, struct err *err);
void plan_print(const struct edit_plan *p);

#endif
