/* What findings share, one cause a row, worst first. */
#ifndef REPORT_CAUSE_ROWS_H
#define REPORT_CAUSE_ROWS_H

#include "report/table.h"

struct err;
struct findings;

extern const struct row_table cause_table;

/* Puts the rows of all causes. 0, or -1 with ERR filled. */
int cause_rows_put(const struct findings *f, struct table_sink *to,
                   struct err *err);

#endif
