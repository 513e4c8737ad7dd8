/* What is counted of groups and of deletions: a part of findings.h. */
#ifndef ANALYZE_FINDINGS_COUNTS_H
#define ANALYZE_FINDINGS_COUNTS_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/*
 * What the tenant will have of a group's members. Computers, which reach it as
 * devices, and the system's own principals, such as Authenticated Users, are
 * not counted.
 */
struct member_counts {
	uint64_t in_scope;
	uint64_t out_of_scope;     /* lost */
	uint64_t foreign;          /* lost, and of another forest */
	uint64_t not_known;        /* whether it keeps them */
};

/* The same of all groups. */
struct member_sums {
	struct member_counts members;
	uint64_t groups;           /* that have any */
	uint64_t losing;           /* of them: lose some */
};

/* In what a forecast differs from the account that is in sync with it. */
enum differing {
	DIFFERING_UPN, DIFFERING_ALIAS, DIFFERING_MAIL, DIFFERING_PROXIES,
	DIFFERING_NAMES,           /* displayName and the like */
	DIFFERING_ENABLED, DIFFERING_COUNT
};

/*
 * How far the forecast explains accounts that were synchronized after their
 * objects last changed.
 */
struct model_sums {
	uint64_t in_sync;
	uint64_t explained;        /* of them: hold what the forecast says */
	uint64_t differing[DIFFERING_COUNT]; /* the others, by the first */
	uint64_t erring;           /* beside them: with errors reported */
};

struct buf;

/*
 * "it explains 99.1 % of 87,747 objects that are in sync; ...", without its
 * end; false: nothing is in sync.
 */
bool model_tell(const struct model_sums *s, struct buf *out);

/* Who counts deletions. */
enum deletion_by {
	DELETIONS_BY_SERVER,       /* Connect: of all its domains */
	DELETIONS_BY_DOMAIN,       /* Cloud Sync: of a configuration's one */
};

/* Who says at how many it stops. */
enum threshold_from {
	THRESHOLD_ASSUMED,         /* nobody: the default */
	THRESHOLD_POLICY, THRESHOLD_TENANT, THRESHOLD_FROM_COUNT
};

/* Deletions that count together: too many stop what one engine exports. */
struct deletion_run {
	enum deletion_by by;
	const char *const *domains;          /* DNS names */
	size_t domain_count;
	bool is_rest;              /* what is of no listed domain counts, too */
	uint64_t threshold;        /* more stop the export; 0: none do */
	uint64_t percent;          /* a share of the objects does; else 0 */
	enum threshold_from from;
	/* When written, the writer's own counts. */
	uint64_t leaving;          /* accounts of objects out of scope */
	uint64_t orphans;          /* accounts without an object in AD */
};

struct findings;
struct findings_writer;

/* That in which what is of DOMAIN counts, or NULL; DOMAIN may be NULL. */
const struct deletion_run *deletion_run_of(const struct findings *f,
                                           const char *domain);
/* "the default, as what is set was not collected": who says it; static. */
const char *threshold_from_text(enum threshold_from from);
/* Whether N are nine tenths of THRESHOLD, which is not 0, or more. */
bool deletions_are_near(uint64_t n, uint64_t threshold);
/* Gives N runs, which are all there are, the counts of what was put so far. */
void findings_count_deletions(const struct findings_writer *w,
                              struct deletion_run *runs, size_t n);

#endif
