/*
 * Lines that complete objects: of those that a section has twice, and those of
 * Exchange's recipients, which complete what the directory says.
 */
#ifndef ANALYZE_LOAD_SUPPLEMENT_H
#define ANALYZE_LOAD_SUPPLEMENT_H

#include "analyze/load/index.h"

/* Reads a section of recipients; those of nobody are objects themselves. */
int supplement_recipients(struct registry *g, enum section s, struct err *err);

/* Indexes anew the objects of a side that got lines; 0 or -1. */
int supplement_entries(struct registry *g, enum side side, struct err *err);

/* Gives up the accounts that the row of AD has. */
void supplement_free_claims(struct model *m, enum section s, struct row *r);

#endif
