/* By what it is told whether the last Exchange server can go. */
#ifndef ANALYZE_EXCHANGE_BASIS_H
#define ANALYZE_EXCHANGE_BASIS_H

#include "analyze/findings/findings.h"
#include "analyze/rules/rules.h"

struct arena;
struct model;

struct exchange_basis {
	const struct model *model;
	const struct rule_choice *rules;     /* of the catalogue */
	const struct rule_result *results;   /* of those that ran */
	size_t result_count;
	const struct findings_writer *writer;        /* has the evidence */
};

#endif
