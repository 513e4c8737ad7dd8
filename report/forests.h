/* The forests of findings, and what their data can tell. */
#ifndef REPORT_FORESTS_H
#define REPORT_FORESTS_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "analyze/findings/findings.h"

struct arena;

enum {
	FOREST_OLD_DAYS = 7,     /* older than the tenant's data: told */
	FOREST_DAYS = 2 * WHEN_TEXT + 8,
};

struct told_forest {
	const struct judged_forest *forest;
	const char *name;        /* for people: never empty */
	uint64_t blockers;       /* open findings, critical or high */
	size_t whole;            /* rules that could look at all of it */
	size_t not_whole;        /* and that could not, or not at all */
	when_t oldest, newest;   /* its domains' data; WHEN_NONE: not known */
	bool is_old;             /* one of them is */
};

struct told_forests {
	struct told_forest *items;       /* as the manifest has them */
	size_t count;
	when_t tenant_time;      /* of the tenant's snapshot, or WHEN_NONE */
};

/* What it has borrows from F, or lies in A. */
void forests_fill(struct told_forests *to, const struct findings *f,
                  struct arena *a);

/* Whether reports tell the forest of each object. */
bool forests_several(const struct told_forests *t);
/*
 * Forests have numbers from 1, in their order; 0 has what is of none of them.
 * NAME may be NULL.
 */
size_t forests_number(const struct told_forests *t, const char *name);
/* What stands in a report for the number: never empty. */
const char *forests_name(const struct told_forests *t, size_t number);
/* By how many days the domain's data are older than the tenant's: 0 if few. */
unsigned forests_days_old(const struct told_forests *t,
                          const struct judged_domain *d);

/* "2026-11-01", or "2026-11-01 to 2026-11-20". */
void forest_days(const struct told_forest *f, char text[FOREST_DAYS]);
/* Its name for people: never empty. */
const char *forest_domain_name(const struct judged_domain *d);

#endif
