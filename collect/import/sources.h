/* THE table of the kinds of input. */
#ifndef COLLECT_IMPORT_SOURCES_H
#define COLLECT_IMPORT_SOURCES_H

#include <stddef.h>

#include "collect/import/source.h"

/* In the order in which they are recognised. */
extern const struct source *const sources[];
size_t sources_count(void);
/* The one of that word for --as, or NULL. */
const struct source *source_by_kind(const char *kind);

#endif
