/*
 * action-plan.csv: the open work, one change or cause a row, with columns for
 * owner, date and comment that a later report keeps (--plan FILE).
 */
#ifndef REPORT_PLAN_PLAN_H
#define REPORT_PLAN_PLAN_H

#include <stdbool.h>

struct err;
struct former_plan;

/*
 * A former action-plan.csv, as a spreadsheet may have saved it: with comma,
 * semicolon or tab, with or without a byte-order mark, in UTF-8 or UTF-16. NULL
 * with ERR filled.
 */
struct former_plan *plan_read(const char *path, struct err *err);
void plan_free(struct former_plan *p);
/*
 * Whether the file is a plan as it was written, into which nobody wrote what no
 * findings tell. It is not held.
 */
bool plan_is_bare(const char *path);

#endif
