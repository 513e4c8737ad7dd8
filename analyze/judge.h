/* Judging a model: the second pass of an analysis. */
#ifndef ANALYZE_JUDGE_H
#define ANALYZE_JUDGE_H

#include <stddef.h>

#include "analyze/findings/findings.h"

struct model;
struct rule_choice;

/* What is to be told of a run beside what was written. */
struct judged {
	struct rule_result *results;       /* in the order of the rules */
	size_t result_count;
	struct not_known *not_known;
	size_t not_known_count;
};

/*
 * Runs the chosen rules over the model, writes findings, and with all rules the
 * forecast; fills OUT, which lives in ARENA as its texts do. 0, or -1 with ERR
 * filled.
 */
int judge_run(const struct model *m, const struct rule_choice *of,
              struct findings_writer *w, struct judged *out,
              struct arena *arena, struct err *err);

#endif
