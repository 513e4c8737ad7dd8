/*
 * Readiness added up by class, domain and container of AD: every row's objects
 * are ready + warning + blocked + out of scope, and every table adds up to all
 * objects of the forecast.
 */
#ifndef REPORT_ROLLUP_H
#define REPORT_ROLLUP_H

#include <stddef.h>
#include <stdint.h>

#include "analyze/findings/findings.h"
#include "base/hash_index.h"
#include "base/mem.h"

struct err;

enum rollup_by { ROLLUP_CLASS, ROLLUP_DOMAIN, ROLLUP_CONTAINER, ROLLUP_COUNT };

struct rollup_row {
	const char *name;
	const char *forest;      /* where there are several; may be NULL */
	uint64_t by[READINESS_COUNT];
};

/* A name is one row, in each forest; those with most blocked come first. */
struct rollup_table {
	struct rollup_row *rows;
	size_t count, room;
	struct hash_index by_name;           /* while it is filled */
};

struct rollup {
	struct rollup_table tables[ROLLUP_COUNT];
	struct arena arena;
};

/*
 * Reads the whole forecast once, by forest where there are several. 0, or -1
 * with ERR filled; release it.
 */
int rollup_fill(struct rollup *r, const struct findings *f, struct err *err);
void rollup_release(struct rollup *r);

/* How many objects a row has. */
uint64_t rollup_objects(const struct rollup_row *row);

#endif
