/* Whether who is not in a snapshot was not there. */
#ifndef ANALYZE_LOAD_ABSENCE_H
#define ANALYZE_LOAD_ABSENCE_H

#include <stdbool.h>
#include <stddef.h>

#include "analyze/object/object.h"

/*
 * Whether the section has all objects, of the domain AT or of ALL_DOMAINS, each
 * with the id that it is known by: none may be there. A list that its own
 * filter cut says nothing of who is not in it.
 */
bool absence_is_told(const struct snapshot *from, size_t at, enum section s);

#endif
