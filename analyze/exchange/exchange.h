/*
 * Whether the last Exchange server can go, of what rules on it found: the
 * conditions, the ways out, and the verdict, for exchange.json of findings.
 */
#ifndef ANALYZE_EXCHANGE_EXCHANGE_H
#define ANALYZE_EXCHANGE_EXCHANGE_H

#include "analyze/findings/findings.h"
#include "analyze/rules/rules.h"

struct arena;
struct model;

/* By what it is told. */
struct exchange_basis {
	const struct model *model;
	const struct rule_choice *rules;     /* of the catalogue */
	const struct rule_result *results;   /* of those that ran */
	size_t result_count;
	const struct findings_writer *writer;        /* has the evidence */
};

/* Fills OUT; texts are static, or A's, the data files' or the writer's. */
void exchange_describe(const struct exchange_basis *b, struct arena *a,
                       struct exchange_told *out);

#endif
