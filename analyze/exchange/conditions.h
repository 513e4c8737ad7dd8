/* The conditions, and the ways that ask for them: a part of this room. */
#ifndef ANALYZE_EXCHANGE_CONDITIONS_H
#define ANALYZE_EXCHANGE_CONDITIONS_H

#include "analyze/exchange/basis.h"

/* Fills conditions of OUT. */
void conditions_judge(const struct exchange_basis *b, struct arena *a,
                      struct exchange_told *out);
/* Then its ways, and the verdict. */
void ways_judge(struct arena *a, struct exchange_told *out);

#endif
