/*
 * Addresses and names that objects had in older snapshots, and have no more:
 * nobody else is proposed them.
 */
#ifndef ANALYZE_LOAD_PAST_VALUES_H
#define ANALYZE_LOAD_PAST_VALUES_H

#include "analyze/load/registry.h"

/* Whether they are kept at all. */
bool past_matters(const struct registry *g);
/* Notes what an object of AD's present has. */
void past_note_present(const struct registry *g, const struct entry *e);
/* All of the present were noted. */
void past_open(struct registry *g);
/*
 * Adds to LIST what O, of an older snapshot, had, if the object of the present
 * in that row of S has not the same; S is SECTION_COUNT if there is none.
 */
void past_note(const struct registry *g, const struct object *o,
               enum section s, uint32_t row, struct key_list *list);

#endif
