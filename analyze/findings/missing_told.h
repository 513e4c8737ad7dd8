/* What was not collected, and which rules wait for it: a part of findings.h. */
#ifndef ANALYZE_FINDINGS_MISSING_TOLD_H
#define ANALYZE_FINDINGS_MISSING_TOLD_H

#include <stddef.h>

struct arena;
struct findings;

struct told_names {
	const char *const *items;
	size_t count;
};

/* One of the data that lack; all lists are without repeats. */
struct missing_data {
	const char *reason;        /* in a sentence, without its end */
	struct told_names sections;          /* of a snapshot; or none */
	struct told_names attributes;        /* of these; none: all */
	struct told_names domains;           /* of AD; none: of all */
	struct told_names rules;   /* that could not judge without */
	struct told_names partly;  /* that found something all the same */
	const char *command;       /* that collects it; NULL: none is known */
};

/*
 * What the rules of F give as their reasons, by what lacks: how many, in the
 * order in which they are met, with *OUT and all in A. So it is for a folder of
 * an older program.
 */
size_t missing_of(const struct findings *f, struct arena *a,
                  struct missing_data **out);

/* What the folder says of it; else that, by its rules. */
size_t missing_told(const struct findings *f, struct arena *a,
                    const struct missing_data **out);

/* Appends its reason, behind the domains that it is of: few by their names. */
struct buf;
void missing_put(struct buf *out, const struct missing_data *d);

#endif
