/*
 * What stands against Cloud Sync in place of Connect: a part of findings.h.
 */
#ifndef ANALYZE_FINDINGS_CLOUD_TOLD_H
#define ANALYZE_FINDINGS_CLOUD_TOLD_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

enum limit_state { LIMIT_MET, LIMIT_NOT_MET, LIMIT_UNKNOWN, LIMIT_STATES };

/* Whose limit it is. */
enum limit_of {
	LIMIT_OF_ENGINE,           /* Cloud Sync's own */
	LIMIT_OF_MOVE,             /* of Connect's guided move to it */
	LIMIT_OF_COUNT
};

struct cloud_limit {
	const char *limit;         /* "group-members" */
	enum limit_of of;
	const char *text;          /* what it is, in a few words */
	enum limit_state state;
	uint64_t count;            /* what stands against it; 0: nothing does */
	const char *evidence;      /* or what to look at */
	const char *source;
};

struct cloud_limits {
	const struct cloud_limit *items;
	size_t count;              /* 0: there is no AD */
	bool is_asked;             /* Connect is in use; not in the manifest */
};

/* What was met while objects were judged. */
struct cloud_counts {
	uint64_t large_groups;     /* with more members than it takes */
	uint64_t across;           /* groups with members of other forests */
	uint64_t joined;           /* objects that another one stands for */
};

struct findings;
struct findings_batch;
struct findings_writer;

void findings_put_cloud(struct findings_batch *b, struct cloud_counts n);
/* What was put so far. */
struct cloud_counts findings_cloud(const struct findings_writer *w);

/* "met", "not met", "not known" */
const char *limit_state_text(enum limit_state s);
/* Prints what is not met, and what is not known, where that is asked. */
void cloud_print(const struct findings *f);

#endif
