/*
 * What stands against the conditions of exchange.json, picked from findings as
 * they are put: a part of findings.h.
 */
#ifndef ANALYZE_FINDINGS_EVIDENCE_TOLD_H
#define ANALYZE_FINDINGS_EVIDENCE_TOLD_H

#include <stddef.h>

#include "analyze/findings/exchange_told.h"

/* The rule of a condition is this, and the condition's id. */
#define EXCHANGE_RULE "exchange-"

/* Of one rule, the first EXCHANGE_EVIDENCE by DN; all texts are its own. */
struct evidence_rule {
	char *rule;
	struct exchange_evidence *items;
	size_t count;
};

/* A zeroed struct is ready. */
struct evidence_rules {
	struct evidence_rule *items;
	size_t count, room;
};

struct findings_writer;

/*
 * What was put so far by RULE, sorted by DN, then by GUID, attribute and value;
 * W's own. Which these are does not depend on the order of putting. Texts are
 * cut where they are monstrous.
 */
const struct exchange_evidence *
findings_evidence(const struct findings_writer *w, const char *rule,
                  size_t *count);

#endif
