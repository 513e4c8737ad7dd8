/* Rows are gathered whole, so that the file is asked once for each. */
#include "report/csv_file.h"

#include <string.h>

#include "base/csv.h"
#include "base/file.h"
#include "report/format.h"

void
csv_file_begin(struct csv_file *c, const struct format_options *o,
               struct outfile *out)
{
	*c = (struct csv_file){ .out = out, .delimiter = o->csv_delimiter };
	if (o->csv_mark)
		outfile_adds(out, "\xef\xbb\xbf");
}

static void
put_delimiter(struct csv_file *c)
{
	if (c->row.len)
		buf_addc(&c->row, c->delimiter);
}

void
csv_file_data(struct csv_file *c, const char *text)
{
	put_delimiter(c);
	csv_put_data(&c->row, text ? text : "", text ? strlen(text) : 0);
}

void
csv_file_field(struct csv_file *c, const char *text)
{
	put_delimiter(c);
	csv_put_field(&c->row, text ? text : "", text ? strlen(text) : 0);
}

void
csv_file_end_row(struct csv_file *c)
{
	buf_adds(&c->row, "\r\n");
	outfile_add(c->out, c->row.data, c->row.len);
	buf_clear(&c->row);
}

void
csv_file_release(struct csv_file *c)
{
	buf_release(&c->row);
}
