/*
 * The parser of CSV files of all kinds. The delimiter is found out, rows become
 * records, and what the export lost is told. Rows wait while a column's dates
 * have to be seen all together.
 */
#ifndef COLLECT_IMPORT_CSV_PARSE_H
#define COLLECT_IMPORT_CSV_PARSE_H

#include "collect/import/csv_table.h"
#include "collect/import/source.h"

/* NAME stands for the file in errors. */
struct parser *csv_parse_open(const char *name, struct sink *sink,
                              const struct csv_dialect *dialect);

#endif
