/* The filter that ldapsearch says it searched with. */
#ifndef COLLECT_IMPORT_LDIF_FILTER_H
#define COLLECT_IMPORT_LDIF_FILTER_H

#include <stdbool.h>
#include <stddef.h>

/*
 * Whether it asks for classes of objects alone, so that every object of a class
 * came if any did; (mail=*) leaves out who has no mail.
 */
bool ldif_filter_is_by_class(const char *filter, size_t len);

#endif
