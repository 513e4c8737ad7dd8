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
	uint64_t left;
	struct buf *notes;
};

static int
take(struct pass_taker *t, struct pass_object *o, struct err *err)
{
	struct objects_csv *c = (struct objects_csv *)t;

	if (c->rows == ROWS_ALL || object_is_told(o))
		return object_row_put(o, &c->table.sink, err);
	c->left++;
	return 0;
}

static int
end(struct pass_taker *t, struct err *err)
{
	struct objects_csv *c = (struct objects_csv *)t;

	(void)err;
	object_tell_left(c->notes, "objects.csv", c->left);
	return 0;
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
		.end = end, .free = release,
	};
	c->rows = o->rows;
	c->notes = o->notes;
	csv_table_begin(&c->table, &object_table, o, out);
	return &c->taker;
}
