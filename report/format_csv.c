/* findings.csv: RFC 4180, all findings, one a row. */
#include <stddef.h>
#include <string.h>

#include "analyze/findings/findings.h"
#include "base/buf.h"
#include "base/csv.h"
#include "base/file.h"
#include "report/format.h"
#include "report/view.h"

static void
put_field(struct buf *row, char delimiter, const char *text)
{
	if (row->len)
		buf_addc(row, delimiter);
	csv_put_field(row, text ? text : "", text ? strlen(text) : 0);
}

static void
put_row(struct outfile *out, struct buf *row)
{
	buf_adds(row, "\r\n");
	outfile_add(out, row->data, row->len);
	buf_clear(row);
}

static void
put_head(struct buf *row, char delimiter)
{
	for (size_t i = 0; i < FINDING_COLUMNS; i++)
		put_field(row, delimiter, finding_key(i));
}

static void
put_finding(struct buf *row, char delimiter, const struct finding *f)
{
	for (size_t i = 0; i < FINDING_COLUMNS; i++)
		put_field(row, delimiter, finding_value(f, i));
}

int
format_csv(const struct view *v, const struct format_options *o,
           struct outfile *out, struct err *err)
{
	struct findings_reader *r = findings_read(v->findings, err);
	struct buf row = { 0 };
	struct finding f;
	int rc = r ? 1 : -1;

	if (o->csv_mark)
		outfile_adds(out, "\xef\xbb\xbf");
	put_head(&row, o->csv_delimiter);
	put_row(out, &row);
	while (rc > 0 && (rc = findings_next(r, &f, err)) > 0) {
		put_finding(&row, o->csv_delimiter, &f);
		put_row(out, &row);
	}
	findings_reader_close(r);
	buf_release(&row);
	return rc;
}
