/* What becomes of an object and what to do about it, one object a row. */
#ifndef REPORT_OBJECT_ROWS_H
#define REPORT_OBJECT_ROWS_H

#include "report/table.h"

struct err;
struct pass_object;

extern const struct row_table object_table;

/* Puts the row of O. 0, or -1 with ERR filled. */
int object_row_put(struct pass_object *o, struct table_sink *to,
                   struct err *err);

#endif
