/* Judging one object: what a thread has at hand, and what it takes. */
#ifndef ANALYZE_JUDGE_OBJECT_H
#define ANALYZE_JUDGE_OBJECT_H

#include "analyze/findings/findings.h"
#include "analyze/model/model.h"
#include "analyze/rules/rules.h"
#include "base/crew.h"

/* Of a thread. */
struct judge_lane {
	struct fetch *fetch;
	struct fetch *unedited;      /* of objects without edits, or NULL */
	struct check *check;
	struct picker *picker;
	struct blob_text text;       /* the piece, when it is read as a whole */
	bool whole;
	struct arena arena;          /* for one object and its account */
	struct findings_batch batch;
	struct rule_count *counts;
	struct err err;
};

struct judge {
	struct crew crew;
	const struct model *m;
	struct model unedited;       /* M without edits, if it has some */
	struct findings_writer *writer;
	struct rule_plan *plan;
	struct rule_count *counts;
	enum section section;
	bool forecast;               /* is written */
	struct readiness_basis *basis;       /* of each part */
	struct judge_lane *lanes;
};

/* Whether a rule may have something to say of the row, or of its account. */
bool judge_is_suspect(const struct judge *j, const struct row *r);
/*
 * Judges the AD object of the row and its account in the tenant together, and
 * forecasts it. 0, or -1 with the lane's error filled.
 */
int judge_object(struct judge *j, struct judge_lane *l, uint32_t row);
/* The same of an account that nobody has, or what only holds addresses. */
int judge_alone(struct judge *j, struct judge_lane *l, uint32_t row);

#endif
