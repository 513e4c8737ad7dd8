/* Times as programs write them, where no culture is needed to read them. */
#ifndef COLLECT_IMPORT_VALUE_TIME_H
#define COLLECT_IMPORT_VALUE_TIME_H

#include <stdbool.h>

#include "base/when.h"

/*
 * ISO 8601, year first with - / or . between, day first with dots, generalized
 * time, JSON's /Date(ms)/, FILETIME of 15 digits and more; without a zone it
 * is UTC. *OUT is WHEN_NONE for .NET's first moment, which stands for none. 0,
 * or -1 when it is none of these.
 */
int time_parse(when_t *out, const char *text);

/*
 * Whether a text is a FILETIME between 1632 and 3185, or "never": what is less
 * is seconds or milliseconds since 1970, what is more are .NET's ticks.
 */
bool filetime_is_ours(const char *text);

#endif
