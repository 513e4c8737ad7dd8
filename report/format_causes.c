/* causes.csv: what findings share, one cause a row, worst first. */
#include <inttypes.h>
#include <stdio.h>

#include "analyze/findings/findings.h"
#include "base/buf.h"
#include "report/csv_file.h"
#include "report/format.h"
#include "report/view.h"

enum { NUMBER_TEXT = 24 };

static void
put_head(struct csv_file *c)
{
	static const char *const columns[] = {
		"id", "rule", "title", "severity", "objects", "findings",
		"attached", "action", "authority", "tool", "shared",
		"examples", "status", "waived"
	};

	for (size_t i = 0; i < sizeof(columns) / sizeof(columns[0]); i++)
		csv_file_field(c, columns[i]);
	csv_file_end_row(c);
}

static void
put_number(struct csv_file *c, uint64_t n)
{
	char text[NUMBER_TEXT];

	snprintf(text, sizeof(text), "%" PRIu64, n);
	csv_file_field(c, text);
}

static void
put_examples(struct csv_file *c, const struct cause *of)
{
	struct buf text = { 0 };

	for (size_t i = 0; i < of->example_count; i++)
		buf_addf(&text, "%s%s", i ? ";" : "", of->examples[i]);
	csv_file_field(c, buf_text(&text));
	buf_release(&text);
}

static void
put_cause(struct csv_file *c, const struct cause *of)
{
	csv_file_field(c, of->id);
	csv_file_field(c, of->rule);
	csv_file_field(c, of->title);
	csv_file_field(c, severity_name(of->severity));
	put_number(c, of->objects);
	put_number(c, of->findings);
	put_number(c, of->attached);
	csv_file_field(c, of->action);
	csv_file_field(c, of->authority);
	csv_file_field(c, of->tool);
	csv_file_field(c, of->value);
	put_examples(c, of);
	csv_file_field(c, of->is_waived ? "waived" : "open");
	put_number(c, of->waived);
	csv_file_end_row(c);
}

int
format_causes(const struct view *v, const struct format_options *o,
              struct outfile *out, struct err *err)
{
	struct findings_reader *r = causes_read(v->findings, err);
	struct csv_file c;
	struct cause of;
	int rc = r ? 1 : -1;

	csv_file_begin(&c, o, out);
	put_head(&c);
	while (rc > 0 && (rc = causes_next(r, &of, err)) > 0)
		put_cause(&c, &of);
	findings_reader_close(r);
	csv_file_release(&c);
	return rc;
}
