/*
 * What became of rules, and why some could not look at everything. A part of
 * findings.h.
 */
#ifndef ANALYZE_FINDINGS_RULE_RESULT_H
#define ANALYZE_FINDINGS_RULE_RESULT_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "analyze/findings/words.h"

struct arena;

/* What its causes are called within a sentence, "because of ...". */
struct cause_brief {
	const char *all;
	const char *one;           /* with {} for what is shared; or NULL */
};

/* A rule as it ran, with all that a report says of it. */
struct rule_result {
	const char *id;
	enum severity severity;
	const char *category;      /* NULL: an older program did not say */
	const char *title, *why, *fix, *source;
	enum outcome outcome;
	/* why it was not assessed; for "found": what could not be looked at */
	const char *reason;
	uint64_t findings, objects;
	/* Not in the manifest: */
	uint64_t deletions;        /* of accounts */
	const struct cause_brief *brief;     /* NULL: the title has to do */
};

/* Whether some of what the rule reads could not be looked at. */
bool rule_result_has_gap(const struct rule_result *r);

/*
 * A reason is said in sentences joined by "; ". One that begins with names of
 * domains, joined by ", ", and ": " is about these, and so are those behind it
 * up to the next such one: a part. Those before the first are about all.
 */
struct reason_part {
	const char *text;
	size_t len;
	size_t names;              /* bytes before the ": "; 0: about all */
};

/* Takes the part that *REASON begins with; false at the end, and of NULL. */
bool reason_next(const char **reason, struct reason_part *out);
/* Whether some part is about DOMAIN, or about all; NULL: about all alone. */
bool reason_is_about(const char *reason, const char *domain);
/* How many parts there are. */
size_t reason_parts(const char *reason);
/*
 * Prints it behind HEAD, which is safe, or each of several parts below that: as
 * wide as the terminal is.
 */
void reason_print(const char *head, const char *reason);

/* A reason, and the rules that share it. */
struct gap {
	const char *reason;
	const struct rule_result **rules;
	size_t count;
};
/*
 * The reasons of the N results that are of one kind, in the order in which
 * they are met; how many, with *OUT in A.
 */
enum gap_kind { GAP_DATA, GAP_NOT_APPLICABLE };
size_t gaps_of(const struct rule_result *results, size_t n,
               enum gap_kind kind, struct arena *a, struct gap **out);
/* Prints them below HEAD (or NULL), each once; nothing if there are none. */
void gaps_print(const struct rule_result *results, size_t n,
                enum gap_kind kind, const char *head);

#endif
