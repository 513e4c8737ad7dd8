/* Counts by forest, of what is put; see findings.h. */
#ifndef ANALYZE_FINDINGS_FOREST_TALLY_H
#define ANALYZE_FINDINGS_FOREST_TALLY_H

#include "analyze/findings/findings.h"

/* The row of the forest NAME, which is made if there is none; NULL is "". */
struct forest_tally *forest_tally_of(struct forest_tallies *t,
                                     const char *name);
/* The same, or NULL if nothing was put of that forest. */
const struct forest_tally *forest_tally_find(const struct forest_tallies *t,
                                             const char *name);

/* Adds what FROM has to TO, and makes it nought in FROM. */
void forest_tallies_move(struct forest_tallies *to,
                         struct forest_tallies *from);
void forest_tallies_release(struct forest_tallies *t);

#endif
