/*
 * What a finding says beside itself: whom else it is about, by when something
 * is to be done, and which value several objects claim. A part of findings.h.
 */
#ifndef ANALYZE_FINDINGS_BESIDE_TOLD_H
#define ANALYZE_FINDINGS_BESIDE_TOLD_H

#include <stddef.h>
#include <stdint.h>

#include "base/when.h"

/* Another object that the message speaks of; NULL: not known. */
struct related_object {
	const char *guid;          /* objectGUID, or Entra id */
	const char *name;          /* as people know it */
	const char *dn;
};

enum deadline_kind {
	DEADLINE_NONE,
	DEADLINE_RESTORE,          /* the last day to restore an account */
	DEADLINE_ENGINE,           /* support or service of the sync engine */
	DEADLINE_EXCHANGE,         /* support of an Exchange server */
	DEADLINE_WAIVER,           /* the last day of a waiver */
	DEADLINE_KINDS
};

/* "restore-until", as files say it; NULL: DEADLINE_NONE. -1: no such word. */
const char *deadline_name(enum deadline_kind k);
int deadline_parse(const char *text);

struct told_deadline {
	enum deadline_kind kind;
	when_t date;               /* any time on that day */
};

enum { DEADLINES_KEPT = 400, DEADLINES_TOLD = 100 };

/* One day of a kind that findings of a rule have, or a product. */
struct dated {
	struct told_deadline until;
	const char *rule;          /* NULL: it is of none */
	uint64_t findings;         /* that have it; 0: of none */
	const char *object, *guid; /* the first of theirs; NULL: not known */
};

struct deadline_tally {
	struct dated *items;       /* by date, kind and rule; texts are own */
	size_t count;
};

/*
 * A value that all but one of several objects have to give up: what is decided
 * once for all of them. Values of one space are one, whatever attribute has
 * them.
 */
struct claimed_value {
	const char *value;         /* NULL: none is claimed */
	const char *space;         /* "address", or an attribute */
};

/* Where addresses are claimed, in whatever attribute. */
#define CLAIMED_ADDRESS "address"

#endif
