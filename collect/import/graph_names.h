/* What programs call the properties of Graph. */
#ifndef COLLECT_IMPORT_GRAPH_NAMES_H
#define COLLECT_IMPORT_GRAPH_NAMES_H

#include "collect/import/json_dialect.h"

/* Fills COLUMN for the key COLUMN->name of objects of the section. */
void graph_names_find(enum section s, struct json_column *column);

#endif
