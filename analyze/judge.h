/* Judging a model: the second pass of an analysis. */
#ifndef ANALYZE_JUDGE_H
#define ANALYZE_JUDGE_H

#include <stddef.h>

struct arena;
struct err;
struct findings_writer;
struct model;
struct rule_choice;
struct rule_result;

/*
 * Runs the chosen rules over the model, writes findings, and with all rules the
 * forecast; fills *COUNT of RESULTS, which has room for all of OF (their texts
 * live in ARENA or are static). 0, or -1 with ERR filled.
 */
int judge_run(const struct model *m, const struct rule_choice *of,
              struct findings_writer *w, struct rule_result *results,
              size_t *count, struct arena *arena, struct err *err);

#endif
