/*
 * Values that several objects of AD have, beside those that they claim: whoever
 * may have one with another is suspect, so that rules look at it.
 */
#ifndef ANALYZE_LOAD_SHARED_VALUES_H
#define ANALYZE_LOAD_SHARED_VALUES_H

struct model;

/*
 * When what is in use is known: marks those who have one of these values in
 * mail, as a UPN or in targetAddress, which another one has in any attribute.
 */
void shared_values_mark(struct model *m);

#endif
