/*
 * One reading of the forecast, and beside it of the findings, for all formats
 * that list objects. The findings of the forecast's objects come in its order,
 * then the rest (findings(5)): so both are read side by side, and of each
 * object its findings are at hand when it is. A folder that somebody made in
 * another order is read as well, but then they are held.
 */
#ifndef REPORT_PASS_H
#define REPORT_PASS_H

#include <stdbool.h>

#include "analyze/findings/findings.h"
#include "report/object_work.h"

struct err;
struct known_objects;

/* An object as it passes by. What it has is borrowed until the next. */
struct pass_object {
	/* Without lists, which pass_fill adds; NULL: it is not of it. */
	struct forecast *forecast;
	struct object_work *work;            /* NULL: no finding is about it */
	struct findings_reader *reader;      /* the pass's own */
	bool filled;
	bool is_bare;            /* surely no finding is about it */
};

enum { PASS_FORECAST = 1, PASS_FINDINGS = 2 };

/* Who takes what passes by. Embed it; a NULL of the first two is not asked. */
struct pass_taker {
	unsigned reads;          /* what it cannot do without */
	int (*finding)(struct pass_taker *t, const struct finding *f,
	               struct err *err);
	/* Its findings came before. */
	int (*object)(struct pass_taker *t, struct pass_object *o,
	              struct err *err);
	/* When all is read; 0, or -1 with ERR filled. */
	int (*end)(struct pass_taker *t, struct err *err);
	void (*free)(struct pass_taker *t);
};

/* Gives the forecast its lists; 0, or -1 with ERR filled. */
int pass_fill(struct pass_object *o, struct err *err);

struct pass_of {
	const struct findings *findings;
	const struct known_objects *known;   /* of them */
};

/*
 * Reads what the N takers ask for, once, and lets each end, in their order. 0,
 * or -1 with ERR filled.
 */
int pass_run(const struct pass_of *of, struct pass_taker *const *takers,
             size_t n, struct err *err);

#endif
