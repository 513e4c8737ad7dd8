/* causes.csv: what findings share, one cause a row, worst first. */
#include "report/cause_rows.h"
#include "report/csv_table.h"
#include "report/format.h"
#include "report/view.h"

int
format_causes(const struct view *v, const struct format_options *o,
              struct outfile *out, struct err *err)
{
	struct csv_report c;
	int rc;

	csv_table_begin(&c, &cause_table, o, out);
	rc = cause_rows_put(v->findings, &c.sink, err);
	csv_file_release(&c.csv);
	return rc;
}
