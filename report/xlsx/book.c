/* libxlsxwriter wants a name to write to: that of an open file without one. */
#include "report/xlsx/book.h"

#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>
#include <xlsxwriter.h>

#include "analyze/findings/findings.h"
#include "base/buf.h"
#include "base/err.h"
#include "base/file.h"
#include "base/mem.h"
#include "report/xlsx/cell_text.h"

enum {
	SHEETS_MAX = 8,
	PATH_TEXT = 32,
	PIECE = 64 * 1024,
	FIRST_DAY = 315532800,       /* of a zip archive: 1980-01-01 */
};

struct book {
	lxw_workbook *lxw;
	char *folder;
	int fd;
	struct book_sheet sheets[SHEETS_MAX];
	size_t count;
	lxw_format *head, *by_severity[SEVERITY_COUNT];
	struct buf cell;
	uint64_t cut;
	lxw_error failure;           /* the first */
};

/* Dark letters on light ground, as the page has them; words say it, too. */
static const struct {
	lxw_color_t ink, ground;
} colours[SEVERITY_COUNT] = {
	[SEVERITY_CRITICAL] = { 0xffffff, 0xb3261e },
	[SEVERITY_HIGH] = { 0x7a1710, 0xffd7d2 },
	[SEVERITY_MEDIUM] = { 0x4a3600, 0xffe8a3 },
	[SEVERITY_LOW] = { 0x15202b, 0xe3edf7 },
	[SEVERITY_INFO] = { 0x4d5a68, 0xf2f4f6 },
};

static void
make_formats(struct book *b)
{
	b->head = workbook_add_format(b->lxw);
	format_set_bold(b->head);
	format_set_bottom(b->head, LXW_BORDER_THIN);
	for (int s = 0; s < SEVERITY_COUNT; s++) {
		b->by_severity[s] = workbook_add_format(b->lxw);
		format_set_font_color(b->by_severity[s], colours[s].ink);
		format_set_bg_color(b->by_severity[s], colours[s].ground);
	}
}

/* Bytes, not the hour at which they were made. */
static void
set_time(struct book *b, when_t as_of)
{
	lxw_doc_properties about = {
		.title = (char *)"syncscope",
		.created = as_of == WHEN_NONE || as_of < FIRST_DAY
			? FIRST_DAY : (time_t)as_of,
	};

	workbook_set_properties(b->lxw, &about);
}

/* A file in the folder that nobody sees. */
static int
open_nameless(const char *folder, struct err *err)
{
	char *path = path_join(folder, "report.xlsx.XXXXXX");
	int fd = mkstemp(path);

	if (fd < 0)
		err_usage(err, "%s: cannot be written: %s", path,
		          strerror(errno));
	else
		unlink(path);
	free(path);
	return fd;
}

struct book *
book_new(const char *folder, when_t as_of, struct err *err)
{
	struct book *b = xcalloc(1, sizeof(*b));
	char path[PATH_TEXT];
	lxw_workbook_options options = {
		.constant_memory = LXW_TRUE, .use_zip64 = LXW_TRUE,
	};

	b->folder = xstrdup(folder);
	b->fd = open_nameless(folder, err);
	if (b->fd < 0) {
		book_free(b);
		return NULL;
	}
	snprintf(path, sizeof(path), "/proc/self/fd/%d", b->fd);
	options.tmpdir = b->folder;
	b->lxw = workbook_new_opt(path, &options);
	set_time(b, as_of);
	make_formats(b);
	return b;
}

/* ---- rows ---- */

static void
note(struct book *b, lxw_error e)
{
	if (e != LXW_NO_ERROR && b->failure == LXW_NO_ERROR)
		b->failure = e;
}

static void
put_text(struct book_sheet *s, lxw_col_t column, const char *text,
         lxw_format *format)
{
	struct book *b = s->book;

	buf_clear(&b->cell);
	if (cell_put_text(&b->cell, text) == CELL_CUT)
		b->cut++;
	note(b, worksheet_write_string(s->lxw, s->rows, column,
	                               buf_text(&b->cell), format));
}

static void
put_cell(struct book_sheet *s, lxw_col_t column, enum cell_kind kind,
         const char *text)
{
	enum severity severity;

	if (!text || !*text)
		return;
	if (kind == CELL_NUMBER)
		note(s->book, worksheet_write_number(s->lxw, s->rows, column,
		                                     strtod(text, NULL),
		                                     NULL));
	else
		put_text(s, column, text, kind == CELL_SEVERITY &&
		         severity_parse(&severity, text) == 0
		         ? s->book->by_severity[severity] : NULL);
}

static void
put_row(struct table_sink *sink, const struct row_table *t,
        const char *const *cells)
{
	struct book_sheet *s = (struct book_sheet *)sink;

	if (s->rows == LXW_ROW_MAX) {
		s->left++;
		return;
	}
	for (size_t i = 0; i < t->count; i++)
		put_cell(s, (lxw_col_t)i, t->columns[i].kind, cells[i]);
	s->rows++;
}

struct book_sheet *
book_add(struct book *b, const struct row_table *t)
{
	struct book_sheet *s = &b->sheets[b->count++];

	*s = (struct book_sheet){
		.sink = { put_row }, .book = b, .table = t,
		.lxw = workbook_add_worksheet(b->lxw, t->name),
	};
	for (size_t i = 0; i < t->count; i++) {
		worksheet_set_column(s->lxw, (lxw_col_t)i, (lxw_col_t)i,
		                     t->columns[i].width, NULL);
		put_text(s, (lxw_col_t)i, t->columns[i].title, b->head);
	}
	worksheet_freeze_panes(s->lxw, 1, 0);
	s->rows = 1;
	return s;
}

uint64_t
book_cut(const struct book *b)
{
	return b->cut;
}

/* ---- the file ---- */

static lxw_error
close_book(struct book *b)
{
	lxw_error e;

	for (size_t i = 0; i < b->count; i++) {
		const struct book_sheet *s = &b->sheets[i];

		note(b, worksheet_autofilter(s->lxw, 0, 0, s->rows - 1,
			(lxw_col_t)(s->table->count - 1)));
	}
	e = workbook_close(b->lxw);
	b->lxw = NULL;
	note(b, e);
	return b->failure;
}

static int
copy(int fd, struct outfile *out, struct err *err)
{
	char *piece = xmalloc(PIECE);
	off_t at = 0;
	ssize_t n;

	while ((n = pread(fd, piece, PIECE, at)) > 0 ||
	       (n < 0 && errno == EINTR))
		if (n > 0) {
			outfile_add(out, piece, (size_t)n);
			at += n;
		}
	free(piece);
	if (n < 0)
		return err_usage(err, "report.xlsx: cannot be written: %s",
		                 strerror(errno));
	return 0;
}

int
book_finish(struct book *b, struct outfile *out, struct err *err)
{
	lxw_error e = close_book(b);

	if (e != LXW_NO_ERROR)
		return err_usage(err, "report.xlsx: cannot be written: %s",
		                 lxw_strerror(e));
	return copy(b->fd, out, err);
}

void
book_free(struct book *b)
{
	if (!b)
		return;
	if (b->lxw)
		lxw_workbook_free(b->lxw);
	if (b->fd >= 0)
		close(b->fd);
	buf_release(&b->cell);
	free(b->folder);
	free(b);
}
