/* changes.csv: what is to be changed, one value a row. */
#include <stdlib.h>

#include "base/mem.h"
#include "report/change_rows.h"
#include "report/csv_table.h"
#include "report/format.h"
#include "report/pass.h"

struct changes_csv {
	struct pass_taker taker;     /* first */
	struct csv_report table;
};

static int
take(struct pass_taker *t, struct pass_object *o, struct err *err)
{
	struct changes_csv *c = (struct changes_csv *)t;

	(void)err;
	if (o->work)
		change_rows_put(o->work, &c->table.sink);
	return 0;
}

static void
release(struct pass_taker *t)
{
	csv_file_release(&((struct changes_csv *)t)->table.csv);
	free(t);
}

struct pass_taker *
format_changes(const struct view *v, const struct format_options *o,
               struct outfile *out, struct err *err)
{
	struct changes_csv *c = xcalloc(1, sizeof(*c));

	(void)v;
	(void)err;
	c->taker = (struct pass_taker){
		.reads = PASS_FINDINGS, .object = take, .free = release,
	};
	csv_table_begin(&c->table, &change_table, o, out);
	return &c->taker;
}
