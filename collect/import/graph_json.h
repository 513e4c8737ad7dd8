/*
 * JSON of Microsoft Graph: one or several pages of an answer, arrays, NDJSON.
 * What an object is follows from @odata.context, else from @odata.type, else
 * from its properties.
 */
#ifndef COLLECT_IMPORT_GRAPH_JSON_H
#define COLLECT_IMPORT_GRAPH_JSON_H

#include "collect/import/source.h"

extern const struct source graph_json_source;

#endif
