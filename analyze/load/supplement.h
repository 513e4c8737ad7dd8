/*
 * Objects that more than one line tells of: the same object twice in a section
 * (from two files that were imported together), and Exchange's recipients,
 * which complete what the directory says.
 */
#ifndef ANALYZE_LOAD_SUPPLEMENT_H
#define ANALYZE_LOAD_SUPPLEMENT_H

#include "analyze/load/index.h"

/*
 * Finds the rows of the section that stand for one object: the same GUID, or
 * the same DN where one of the two has no GUID. The first keeps the object.
 */
int supplement_twice(struct registry *g, enum section s, struct err *err);

/* Reads a section of recipients; those of nobody are objects themselves. */
int supplement_recipients(struct registry *g, enum section s, struct err *err);

/* Indexes anew the objects of a side that got lines; 0 or -1. */
int supplement_entries(struct registry *g, enum side side, struct err *err);

#endif
