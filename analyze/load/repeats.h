/*
 * Objects that more than one line of their section tells of: a file that was
 * imported twice, or an object that moved from one domain of its forest to
 * another, of which the newer snapshot says where it is.
 */
#ifndef ANALYZE_LOAD_REPEATS_H
#define ANALYZE_LOAD_REPEATS_H

#include "analyze/load/registry.h"

/*
 * Makes one of them, by GUID, or else by DN or SID; objects of two forests stay
 * apart, and are told. 0, or -1 with ERR filled.
 */
int repeats_merge(struct registry *g, enum section s, struct err *err);

#endif
