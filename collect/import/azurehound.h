/*
 * The files of AzureHound: {"data": [{"kind": "AZUser", "data": {...}}],
 * "meta": {"type": "azure"}}, or the wrapped objects alone.
 */
#ifndef COLLECT_IMPORT_AZUREHOUND_H
#define COLLECT_IMPORT_AZUREHOUND_H

#include "collect/import/source.h"

extern const struct source azurehound_source;

#endif
