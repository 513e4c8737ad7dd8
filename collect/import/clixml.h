/*
 * CLIXML: what Export-Clixml of PowerShell writes of the objects that the
 * modules for AD, for a tenant and for Exchange give.
 */
#ifndef COLLECT_IMPORT_CLIXML_H
#define COLLECT_IMPORT_CLIXML_H

#include "collect/import/source.h"

extern const struct source clixml_source;

#endif
