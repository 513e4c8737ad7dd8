/* Words for flags, and the names that numbers of AD have. */
#ifndef COLLECT_IMPORT_VALUE_NAME_H
#define COLLECT_IMPORT_VALUE_NAME_H

#include <stdbool.h>
#include <stdint.h>

#include "collect/import/value_syntax.h"

/* The number that the name, or the names of several bits, stand for. */
bool name_parse(int64_t *out, enum value_syntax syntax, const char *text);

#endif
