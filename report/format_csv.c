/* findings.csv: RFC 4180, all findings, one a row. */
#include <stddef.h>
#include <string.h>

#include "analyze/findings/findings.h"
#include "base/buf.h"
#include "base/csv.h"
#include "base/file.h"
#include "report/format.h"
#include "report/view.h"

/* Every text column; severity and status are words of their own. */
static const struct {
	const char *title;
	size_t member;
} columns[] = {
	{ "class", offsetof(struct finding, class) },
	{ "dn", offsetof(struct finding, dn) },
	{ "guid", offsetof(struct finding, guid) },
	{ "upn", offsetof(struct finding, upn) },
	{ "attribute", offsetof(struct finding, attribute) },
	{ "observed", offsetof(struct finding, observed) },
	{ "expected", offsetof(struct finding, expected) },
	{ "message", offsetof(struct finding, message) },
	{ "fix", offsetof(struct finding, fix) },
	{ "source", offsetof(struct finding, source) },
	{ "snapshot", offsetof(struct finding, snapshot) },
	{ "fingerprint", offsetof(struct finding, fingerprint) },
};

enum { COLUMNS = sizeof(columns) / sizeof(columns[0]) };

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
put_finding(struct buf *row, char delimiter, const struct finding *f)
{
	put_field(row, delimiter, f->rule);
	put_field(row, delimiter, severity_name(f->severity));
	put_field(row, delimiter, status_name(f->status));
	for (size_t i = 0; i < COLUMNS; i++)
		put_field(row, delimiter,
		          *(const char *const *)((const char *)f +
		                                 columns[i].member));
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
	put_field(&row, o->csv_delimiter, "rule");
	put_field(&row, o->csv_delimiter, "severity");
	put_field(&row, o->csv_delimiter, "status");
	for (size_t i = 0; i < COLUMNS; i++)
		put_field(&row, o->csv_delimiter, columns[i].title);
	put_row(out, &row);
	while (rc > 0 && (rc = findings_next(r, &f, err)) > 0) {
		put_finding(&row, o->csv_delimiter, &f);
		put_row(out, &row);
	}
	findings_reader_close(r);
	buf_release(&row);
	return rc;
}
