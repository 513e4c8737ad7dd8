/* All cells are texts here, and all are in quotes. */
#include "report/csv_table.h"

static void
put_row(struct table_sink *s, const struct row_table *t,
        const char *const *cells)
{
	struct csv_file *csv = &((struct csv_report *)s)->csv;

	for (size_t i = 0; i < t->count; i++)
		csv_file_field(csv, cells[i]);
	csv_file_end_row(csv);
}

void
csv_table_begin(struct csv_report *c, const struct row_table *t,
                const struct format_options *o, struct outfile *out)
{
	*c = (struct csv_report){ .sink = { put_row } };
	csv_file_begin(&c->csv, o, out);
	for (size_t i = 0; i < t->count; i++)
		csv_file_field(&c->csv, t->columns[i].title);
	csv_file_end_row(&c->csv);
}
