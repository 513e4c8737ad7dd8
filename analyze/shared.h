/* Values that must be unique, and are not: which objects share them. */
#ifndef ANALYZE_SHARED_H
#define ANALYZE_SHARED_H

#include <stdbool.h>

struct model;

/*
 * Leaves in the model's index only the addresses that several objects may
 * share (equal fingerprints prove nothing yet), and makes those suspect.
 */
void shared_mark(struct model *m);

#endif
