/* The sheets that are no lists of objects: what they say, and in which rows. */
#ifndef REPORT_XLSX_SHEETS_H
#define REPORT_XLSX_SHEETS_H

#include "report/table.h"

struct book_sheet;
struct view;

extern const struct row_table summary_table, coverage_table;

/* What the report says, in a few rows. */
void summary_put(const struct view *v, struct table_sink *to);
/* A row: what is told, and of what. */
void summary_note(struct table_sink *to, const char *what, const char *told);
/* Each rule and section of data, and how far it was looked at. */
void coverage_put(const struct view *v, struct table_sink *to);

#endif
