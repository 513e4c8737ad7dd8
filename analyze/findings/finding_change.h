/* What two folders of findings differ in: a part of findings.h. */
#ifndef ANALYZE_FINDINGS_FINDING_CHANGE_H
#define ANALYZE_FINDINGS_FINDING_CHANGE_H

#include <stdbool.h>
#include <stdint.h>

#include "analyze/findings/comparison.h"
#include "analyze/findings/words.h"
#include "base/when.h"

struct err;
struct finding;
struct findings;

/* What has become of a finding, in the order in which it is told. */
enum change_kind {
	CHANGE_NEW,
	CHANGE_REOPENED,           /* it was fixed before, or waived */
	CHANGE_FIXED,              /* with the evidence */
	CHANGE_NOT_COMPARABLE,     /* and why */
	CHANGE_WAIVED,             /* it is there, and waived now */
	CHANGE_STILL_OPEN,
	CHANGE_KINDS
};

/* "new", "still-open", as files say it. */
const char *change_name(enum change_kind k);

/* A finding, and what became of it; borrowed until the next one. */
struct finding_change {
	enum change_kind kind;
	/*
	 * Whose line it is: of what is fixed the old folder's; what is in both
	 * is told once, by the new one's.
	 */
	enum difference_side side;
	const struct finding *finding;
	const char *reason;        /* evidence, or why; or NULL */
	/*
	 * It is on an account that was enabled, and is disabled in NEW: what
	 * lacked may lack again when it is enabled once more.
	 */
	bool suspended;
	/* WHEN_NONE: not known; SINCE: it cannot be compared that long */
	when_t first_seen, last_seen, since;
};

struct findings_diff;

/*
 * Whether the two may be held against each other: 0, or -1 with ERR filled if
 * they are of different ADs or tenants, one and the same, or OLD is newer.
 */
int findings_diff_check(const struct findings *old, const struct findings *new,
                        struct err *err);
/*
 * Compares all findings of both, by their fingerprints, and reads the files
 * once for that; memory grows with their number, by some ten bytes each, and
 * with what is no longer found. NULL with ERR filled.
 */
struct findings_diff *findings_diff_open(const struct findings *old,
                                         const struct findings *new,
                                         struct err *err);
/* 1 with the next one, 0 at the end, -1: first those of NEW's lines. */
int findings_diff_next(struct findings_diff *d, struct finding_change *out,
                       struct err *err);
void findings_diff_close(struct findings_diff *d);

/* How many there were of a kind, by severity. */
struct change_counts {
	uint64_t of[CHANGE_KINDS][SEVERITY_COUNT];
	uint64_t not_known_before; /* of what is not comparable: NEW has it */
};

void change_counts_add(struct change_counts *c,
                       const struct finding_change *one);

uint64_t change_count(const struct change_counts *c, enum change_kind k);
/* Whether there are open ones that are new or reopened, at WORST or above. */
bool change_counts_fail(const struct change_counts *c, enum severity worst);

#endif
