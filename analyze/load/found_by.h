/* What an object of AD is found by where others name it. */
#ifndef ANALYZE_LOAD_FOUND_BY_H
#define ANALYZE_LOAD_FOUND_BY_H

#include "analyze/load/registry.h"

/* What groups have of their members; the name of a domain controller. */
void found_by_note(const struct registry *g, const struct entry *e);

#endif
