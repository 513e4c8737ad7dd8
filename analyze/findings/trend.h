/*
 * How findings change from run to run: closed.ndjson and history.ndjson. A part
 * of findings.h.
 */
#ifndef ANALYZE_FINDINGS_TREND_H
#define ANALYZE_FINDINGS_TREND_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "analyze/findings/finding_change.h"
#include "analyze/findings/words.h"
#include "base/mem.h"
#include "base/when.h"

struct err;
struct findings;
struct findings_writer;

/* A run: a line of history.ndjson. */
struct trend_run {
	when_t as_of;
	uint64_t by_severity[SEVERITY_COUNT];        /* open findings */
	uint64_t causes[SEVERITY_COUNT];
	uint64_t by_readiness[READINESS_COUNT];
	uint64_t not_assessed, in_part;              /* rules */
	double explained;          /* a share; less than 0: not known */
	uint64_t findings, waived;
	bool compared;             /* with the run before; else no changes */
	uint64_t fresh, fixed;     /* FRESH: reopened ones, too */
	const char *tool, *rule_set, *sides;         /* SIDES: "ad, tenant" */
};

/* All that a folder remembers, oldest first; release it. */
struct trend {
	struct trend_run *runs;
	size_t count, room;
	struct arena arena;
};

/*
 * Those of history.ndjson; of an older program's folder its own alone. 0, or -1
 * with ERR filled.
 */
int trend_read(struct trend *t, const struct findings *f, struct err *err);
void trend_release(struct trend *t);
/* The run of F itself; its texts go to A, others are borrowed from F. */
struct trend_run trend_of(const struct findings *f, struct arena *a);
/*
 * What of B, the later one, cannot be held against A, since less was looked at,
 * or by other rules: static; NULL: nothing.
 */
const char *trend_break(const struct trend_run *a, const struct trend_run *b);

/*
 * Writes history.ndjson among the findings of W, and with a BASELINE, which may
 * be NULL, closed.ndjson and what that says of earlier runs. OUT gets what
 * changed. Call it behind findings_finish, before findings_commit. 0 or -1.
 */
int trend_write(struct findings_writer *w, const struct findings *f,
                const struct findings *baseline, struct change_counts *out,
                struct err *err);
/* Prints what changed since the baseline. */
void changes_print(const struct change_counts *c, when_t since);

#endif
