/* Making a snapshot of a live tenant. */
#ifndef COLLECT_TENANT_TENANT_COLLECT_H
#define COLLECT_TENANT_TENANT_COLLECT_H

#include "base/err.h"

struct tenant_order;

/* EXIT_DONE, EXIT_PARTIAL when a section is not whole, or as ERR says. */
enum exit_code tenant_collect(const struct tenant_order *order,
                              struct err *err);

/* Prints the permissions and requests on stdout; connects to nothing. */
void tenant_plan(const struct tenant_order *order);

#endif
