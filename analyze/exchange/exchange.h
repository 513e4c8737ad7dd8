/*
 * Whether the last Exchange server can go, of what rules on it found: the
 * conditions, the ways out, and the verdict, for exchange.json of findings.
 */
#ifndef ANALYZE_EXCHANGE_EXCHANGE_H
#define ANALYZE_EXCHANGE_EXCHANGE_H

#include "analyze/exchange/basis.h"

/* Fills OUT; texts are static, or A's, the data files' or the writer's. */
void exchange_describe(const struct exchange_basis *b, struct arena *a,
                       struct exchange_told *out);

#endif
