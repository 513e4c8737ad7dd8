/* JSON of Exchange's recipients, as Get-EXOMailbox with ConvertTo-Json. */
#ifndef COLLECT_IMPORT_EXCHANGE_JSON_H
#define COLLECT_IMPORT_EXCHANGE_JSON_H

#include "collect/import/source.h"

/* The same of either side, which the objects at the beginning show. */
extern const struct source exchange_json_source;
extern const struct source exchange_online_json_source;

#endif
