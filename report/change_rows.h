/* What is to be changed, one value a row. */
#ifndef REPORT_CHANGE_ROWS_H
#define REPORT_CHANGE_ROWS_H

#include "report/table.h"

struct object_work;

extern const struct row_table change_table;

/*
 * Puts a row for each value of the object: those that are proposed, and those
 * of findings for which somebody has to decide. A value that several changes
 * have has one row.
 */
void change_rows_put(struct object_work *w, struct table_sink *to);

#endif
