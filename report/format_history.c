/* history.csv: the runs that the findings remember, one a row. */
#include "analyze/findings/findings.h"
#include "base/buf.h"
#include "report/csv_file.h"
#include "report/format.h"
#include "report/trend_table.h"
#include "report/view.h"

static void
put_head(struct csv_file *c)
{
	for (int i = 0; i < TREND_COLUMNS; i++)
		csv_file_field(c, trend_key((enum trend_column)i));
	csv_file_field(c, "notComparable");
	csv_file_end_row(c);
}

static void
put_run(struct csv_file *c, const struct trend_run *run, const char *why)
{
	struct buf cell = { 0 };

	for (int i = 0; i < TREND_COLUMNS; i++) {
		buf_clear(&cell);
		trend_cell(&cell, run, (enum trend_column)i);
		csv_file_field(c, buf_text(&cell));
	}
	csv_file_field(c, why);
	csv_file_end_row(c);
	buf_release(&cell);
}

int
format_history(const struct view *v, const struct format_options *o,
               struct outfile *out, struct err *err)
{
	struct csv_file c;
	struct trend t;
	int rc = trend_read(&t, v->findings, err);

	csv_file_begin(&c, o, out);
	put_head(&c);
	for (size_t i = 0; i < t.count && rc == 0; i++)
		put_run(&c, &t.runs[i], i ? trend_break(&t.runs[i - 1],
		                                        &t.runs[i]) : NULL);
	csv_file_release(&c);
	trend_release(&t);
	return rc;
}
