/* findings.csv: RFC 4180, all findings, one a row. */
#include "analyze/findings/findings.h"
#include "report/csv_file.h"
#include "report/format.h"
#include "report/view.h"

static void
put_head(struct csv_file *c)
{
	for (size_t i = 0; i < FINDING_COLUMNS; i++)
		csv_file_field(c, finding_key(i));
	csv_file_end_row(c);
}

static void
put_finding(struct csv_file *c, const struct finding *f)
{
	for (size_t i = 0; i < FINDING_COLUMNS; i++)
		csv_file_field(c, finding_value(f, i));
	csv_file_end_row(c);
}

int
format_csv(const struct view *v, const struct format_options *o,
           struct outfile *out, struct err *err)
{
	struct findings_reader *r = findings_read(v->findings, err);
	struct csv_file c;
	struct finding f;
	int rc = r ? 1 : -1;

	csv_file_begin(&c, o, out);
	put_head(&c);
	while (rc > 0 && (rc = findings_next(r, &f, err)) > 0)
		put_finding(&c, &f);
	findings_reader_close(r);
	csv_file_release(&c);
	return rc;
}
