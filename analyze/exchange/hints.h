/* What may be sending through the server: a part of this room. */
#ifndef ANALYZE_EXCHANGE_HINTS_H
#define ANALYZE_EXCHANGE_HINTS_H

struct arena;
struct exchange_condition;
struct model;

/* Fills evidence of C, in A. */
void hints_find(const struct model *m, struct arena *a,
                struct exchange_condition *c);

#endif
