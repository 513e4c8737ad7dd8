/* Graph's properties in the canonical order of the snapshot. */
#ifndef COLLECT_SCHEMA_TENANT_ATTR_H
#define COLLECT_SCHEMA_TENANT_ATTR_H

#include <stddef.h>

/* The rank of a property; the same large number for all that are not named. */
size_t tenant_attr_order(const char *name);

#endif
