/* The servers, with product, update and support: a part of this room. */
#ifndef ANALYZE_EXCHANGE_SERVERS_H
#define ANALYZE_EXCHANGE_SERVERS_H

#include "analyze/exchange/basis.h"

/* Fills servers of OUT. */
void servers_describe(const struct model *m, struct arena *a,
                      struct exchange_told *out);

#endif
