/* Which findings are told as evidence in exchange.json; see evidence_told.h. */
#ifndef ANALYZE_FINDINGS_EXCHANGE_EVIDENCE_H
#define ANALYZE_FINDINGS_EXCHANGE_EVIDENCE_H

#include "analyze/findings/findings.h"

/* Takes F if its rule is of the kind, and it is among the first. */
void evidence_take(struct evidence_rules *r, const struct finding *f);
/* Adds what is in FROM, and leaves it empty. */
void evidence_move(struct evidence_rules *to, struct evidence_rules *from);
void evidence_release(struct evidence_rules *r);

/* What is kept of RULE, or NULL. */
const struct exchange_evidence *
evidence_of(const struct evidence_rules *r, const char *rule, size_t *count);

#endif
