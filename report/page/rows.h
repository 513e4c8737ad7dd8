/*
 * Findings that the page holds: of millions the worst, and some of each rule.
 */
#ifndef REPORT_PAGE_ROWS_H
#define REPORT_PAGE_ROWS_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "analyze/findings/findings.h"

/* How a finding stands to the run before. */
enum row_age { ROW_NEW, ROW_FIRST, ROW_STILL, ROW_REOPENED, ROW_AGES };

enum { ROW_NO_CHANGE = UINT32_MAX };

/* A finding, with copies of its texts in the same piece of memory. */
struct page_row {
	uint32_t sides[8];       /* as a cell of the cube has them */
	uint64_t number;         /* of all findings, in their order */
	uint32_t object;         /* of those with findings */
	uint32_t change;         /* number; ROW_NO_CHANGE: nothing to do */
	enum status status;
	enum severity severity;
	const char *dn, *guid, *label, *observed, *proposed, *message;
	const char *attribute, *expected, *fix;
	const char *fingerprint, *class, *first_seen, *reopened;
	const char *reason, *owner, *ticket, *expires;   /* of its waiver */
	const char *others;      /* who claims it, too: names, by line ends */
};

struct row_list {
	struct page_row **items;
	size_t count, room;
};

/* The worst of what passes by; of those alike the first. A zeroed MOST is 0. */
struct row_pick {
	struct row_list of[SEVERITY_COUNT];
	size_t most, count;
};

/*
 * Takes the row. What has no room any more is handed back, which may be ROW
 * itself; NULL: there was room.
 */
struct page_row *row_pick_take(struct row_pick *p, struct page_row *row);
/* Whether a row of that severity would be taken. */
bool row_pick_wants(const struct row_pick *p, enum severity s);
void row_pick_release(struct row_pick *p);
/* The row number AT, the worst first. */
struct page_row *row_pick_get(const struct row_pick *p, size_t at);

/* What a row says that is not in its finding as it stands. */
struct row_extra {
	const char *proposed;    /* a value to be written */
	const char *expected;    /* else what is wanted, in words */
	const char *others;
};

/* Texts of both; whoever has the row frees it. */
struct page_row *row_new(const struct finding *f, const struct row_extra *x);
void row_free(struct page_row *row);

#endif
