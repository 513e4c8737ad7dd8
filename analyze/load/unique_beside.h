/*
 * Values that an object has, or may be proposed, beside what it claims: nobody
 * else is to be proposed them.
 */
#ifndef ANALYZE_LOAD_UNIQUE_BESIDE_H
#define ANALYZE_LOAD_UNIQUE_BESIDE_H

#include "analyze/load/registry.h"

void unique_note_beside(const struct registry *g, const struct entry *e);

#endif
