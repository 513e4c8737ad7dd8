/* report.xlsx: what CSV has in several files, as sheets of one workbook. */
#include <inttypes.h>
#include <stdlib.h>

#include "analyze/findings/findings.h"
#include "base/buf.h"
#include "base/mem.h"
#include "report/cause_rows.h"
#include "report/change_rows.h"
#include "report/format.h"
#include "report/object_rows.h"
#include "report/object_told.h"
#include "report/pass.h"
#include "report/view.h"
#include "report/xlsx/book.h"
#include "report/xlsx/sheets.h"

struct xlsx {
	struct pass_taker taker;     /* first */
	const struct view *view;
	struct outfile *out;
	struct book *book;
	struct book_sheet *summary, *causes, *changes, *objects, *coverage;
	enum format_rows rows;
	uint64_t left;               /* objects about which nothing is known */
	struct buf *notes;
};

static int
take(struct pass_taker *t, struct pass_object *o, struct err *err)
{
	struct xlsx *x = (struct xlsx *)t;

	if (o->work)
		change_rows_put(o->work, &x->changes->sink);
	if (x->rows == ROWS_ALL || object_is_told(o))
		return object_row_put(o, &x->objects->sink, err);
	x->left++;
	return 0;
}

/* In the workbook, and on the terminal. */
static void
tell(struct xlsx *x, const char *what, const struct buf *told)
{
	summary_note(&x->summary->sink, what, buf_text(told));
	if (x->notes)
		buf_addf(x->notes, "report.xlsx: %s: %s\n", what,
		         buf_text(told));
}

static void
tell_full(struct xlsx *x, const struct book_sheet *s)
{
	struct buf told = { 0 };

	if (!s->left)
		return;
	buf_addf(&told, "%" PRIu64 " rows are left out of the sheet %s, as a "
	         "sheet has 1,048,576 at most; CSV has them all", s->left,
	         s->table->name);
	tell(x, "full", &told);
	buf_release(&told);
}

static void
tell_caps(struct xlsx *x)
{
	struct buf told = { 0 };

	tell_full(x, x->causes);
	tell_full(x, x->changes);
	tell_full(x, x->objects);
	if (book_cut(x->book)) {
		buf_addf(&told, "%" PRIu64 " values are longer than the 32,767 "
		         "characters of a cell, and cut; CSV has them whole",
		         book_cut(x->book));
		tell(x, "cut", &told);
		buf_clear(&told);
	}
	object_tell_left(&told, "report.xlsx", x->left);
	if (told.len) {
		if (x->notes)
			buf_adds(x->notes, told.data);
		/* A row has no line to end. */
		told.data[told.len - 1] = '\0';
		summary_note(&x->summary->sink, "left out", told.data);
	}
	buf_release(&told);
}

static int
end(struct pass_taker *t, struct err *err)
{
	struct xlsx *x = (struct xlsx *)t;

	if (cause_rows_put(x->view->findings, &x->causes->sink, err) < 0)
		return -1;
	coverage_put(x->view, &x->coverage->sink);
	summary_put(x->view, &x->summary->sink);
	tell_caps(x);
	return book_finish(x->book, x->out, err);
}

static void
release(struct pass_taker *t)
{
	book_free(((struct xlsx *)t)->book);
	free(t);
}

struct pass_taker *
format_xlsx(const struct view *v, const struct format_options *o,
            struct outfile *out, struct err *err)
{
	struct book *book = book_new(o->folder, v->findings->as_of, err);
	struct xlsx *x = book ? xcalloc(1, sizeof(*x)) : NULL;

	if (!x)
		return NULL;
	*x = (struct xlsx){
		.taker = { .reads = PASS_FORECAST | PASS_FINDINGS,
		           .object = take, .end = end, .free = release },
		.view = v, .out = out, .book = book, .rows = o->rows,
		.notes = o->notes,
	};
	x->summary = book_add(book, &summary_table);
	x->causes = book_add(book, &cause_table);
	x->changes = book_add(book, &change_table);
	x->objects = book_add(book, &object_table);
	x->coverage = book_add(book, &coverage_table);
	return &x->taker;
}
