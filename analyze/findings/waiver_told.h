/*
 * Waivers, as findings and their manifest tell them: a part of findings.h. What
 * a waiver says for itself is waivers(5).
 */
#ifndef ANALYZE_FINDINGS_WAIVER_TOLD_H
#define ANALYZE_FINDINGS_WAIVER_TOLD_H

#include <stddef.h>
#include <stdint.h>

#include "analyze/findings/words.h"

struct arena;
struct buf;

/* Why a finding is not open; a NULL was not said. */
struct told_waiver {
	const char *reason, *owner, *ticket;
	const char *expires;       /* as it was written */
	enum status result;        /* what it makes of the finding */
};

/* What has become of a waiver that is told. */
enum waiver_fate {
	WAIVER_EXPIRED,            /* what it was for is open again */
	WAIVER_UNUSED,             /* nothing is found that it is for */
	WAIVER_NOT_KNOWN,          /* nor could it be: not all was looked at */
	WAIVER_EXPIRING,           /* it holds, but not for long */
	WAIVER_FATES
};

enum {
	WAIVER_DAYS = 30,          /* within which it is expiring */
	WAIVERS_TOLD = 1000,       /* so many of a fate; all are counted */
};

struct waiver_fated {
	enum waiver_fate fate;
	const char *file;          /* its name */
	uint64_t line;
	const char *rule, *object, *attribute, *value;
	struct told_waiver told;
	uint64_t findings;         /* that it is for */
	const char *why;           /* or NULL */
};

struct waiver_file {
	const char *name, *digest;
};

/* Without --waivers there is no file. */
struct waivers_told {
	const struct waiver_file *files;
	size_t file_count;
	uint64_t count, used;      /* in them; of these: hold for a finding */
	uint64_t by_fate[WAIVER_FATES];
	const struct waiver_fated *items;    /* by fate, then as they stand */
	size_t item_count;
	uint64_t waived[SEVERITY_COUNT];     /* findings that are not open */
};

/* The word of the result: "accepted"; -1: there is none such. */
const char *waiver_result_name(enum status result);
int waiver_result_parse(enum status *out, const char *text);
const char *waiver_fate_name(enum waiver_fate fate);

/* A copy in A; NULL is none. */
const struct told_waiver *waiver_copy(const struct told_waiver *w,
                                      struct arena *a);
/* "reason (owner, ticket, until 2026-10-01)". */
void waiver_tell(struct buf *out, const struct told_waiver *w);
/* What has become of it, in a sentence without its end. */
void waiver_tell_fate(struct buf *out, const struct waiver_fated *w);

#endif
