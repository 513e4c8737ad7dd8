/* objects.csv: what becomes of an object and what to do, one object a row. */
#include <stdlib.h>

#include "base/mem.h"
#include "report/csv_table.h"
#include "report/format.h"
#include "report/object_rows.h"
#include "report/object_told.h"
#include "report/pass.h"

struct objects_csv {
	struct pass_taker taker;     /* first */
	struct csv_report table;
	enum format_rows rows;
};

static int
take(struct pass_taker *t, struct pass_object *o, struct err *err)
{
	struct objects_csv *c = (struct objects_csv *)t;

	/* How many are left out, the forecast tells, which has all of them. */
	if (c->rows != ROWS_ALL && !object_is_told(o))
		return 0;
	return object_row_put(o, &c->table.sink, err);
}

static void
release(struct pass_taker *t)
{
	csv_file_release(&((struct objects_csv *)t)->table.csv);
	free(t);
}

struct pass_taker *
format_objects(const struct view *v, const struct format_options *o,
               struct outfile *out, struct err *err)
{
	struct objects_csv *c = xcalloc(1, sizeof(*c));

	(void)v;
	(void)err;
	c->taker = (struct pass_taker){
		.reads = PASS_FORECAST | PASS_FINDINGS, .object = take,
		.free = release,
	};
	c->rows = o->rows;
	csv_table_begin(&c->table, &object_table, o, out);
	return &c->taker;
}
