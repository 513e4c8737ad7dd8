/* A table on its way into a CSV file. */
#ifndef REPORT_CSV_TABLE_H
#define REPORT_CSV_TABLE_H

#include "report/csv_file.h"
#include "report/table.h"

struct csv_report {
	struct table_sink sink;      /* first */
	struct csv_file csv;
};

/* Begins with the titles of T; release C.csv. */
void csv_table_begin(struct csv_report *c, const struct row_table *t,
                     const struct format_options *o, struct outfile *out);

#endif
