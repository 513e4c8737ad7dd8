/* The command collect tenant. */
#ifndef COLLECT_TENANT_TENANT_H
#define COLLECT_TENANT_TENANT_H

#include "base/err.h"

enum exit_code collect_tenant(int argc, const char **argv, struct err *err);

#endif
