/* How an LDIF file begins. */
#ifndef COLLECT_IMPORT_LDIF_RECOGNISE_H
#define COLLECT_IMPORT_LDIF_RECOGNISE_H

#include <stdbool.h>
#include <stddef.h>

/* Whether the first line that tells begins a record or names the version. */
bool ldif_recognise(const char *head, size_t len);

#endif
