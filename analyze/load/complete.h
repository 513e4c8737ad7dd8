/*
 * Objects that more than one line tells of: the same object twice in a section
 * (from two files that were imported together), and Exchange's recipients,
 * which complete what the directory says.
 */
#ifndef ANALYZE_LOAD_COMPLETE_H
#define ANALYZE_LOAD_COMPLETE_H

#include "analyze/load/index.h"

/*
 * Finds the rows of the section that stand for one object: the same GUID, or
 * the same DN where one of the two has no GUID. The first keeps the object.
 */
int complete_twice(struct registry *g, enum section s, struct err *err);

/* Reads a section of recipients; those of nobody are objects themselves. */
int complete_recipients(struct registry *g, enum section s, struct err *err);

/* Indexes anew the objects of a side that got lines; 0 or -1. */
int complete_entries(struct registry *g, enum side side, struct err *err);

#endif
