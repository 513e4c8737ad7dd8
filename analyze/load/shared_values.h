/*
 * Values that several objects of AD have, beside those that they claim: whoever
 * may have one with another is suspect, so that rules look at it.
 */
#ifndef ANALYZE_LOAD_SHARED_VALUES_H
#define ANALYZE_LOAD_SHARED_VALUES_H

#include "analyze/load/registry.h"

struct model;

/*
 * Notes what an object of AD has that nobody else should: an alias, of those
 * whom sync takes; a SID; the GUIDs of its mailbox and archive.
 */
void shared_values_note(const struct registry *g, const struct entry *e);
/*
 * When all are noted: leaves in the model's REPEATS those that several objects
 * may have, and marks these.
 */
void shared_values_find_repeats(struct registry *g);

/*
 * When what is in use is known: marks those who have one of these values in
 * mail, as a UPN or in targetAddress, which another one has in any attribute.
 */
void shared_values_mark(struct model *m);

#endif
