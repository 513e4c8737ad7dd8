/*
 * A workbook on its way into a file, row by row: no more of it is held than one
 * row of each sheet. Alone knows libxlsxwriter. All texts are written as texts,
 * whatever they look like.
 */
#ifndef REPORT_XLSX_BOOK_H
#define REPORT_XLSX_BOOK_H

#include <stdint.h>

#include "base/when.h"
#include "report/table.h"

struct err;
struct outfile;

struct book;

/* A sheet, to which rows of its table are put; the book's. */
struct book_sheet {
	struct table_sink sink;      /* first */
	struct book *book;
	const struct row_table *table;
	struct lxw_worksheet *lxw;
	uint32_t rows;               /* written, with the head */
	uint64_t left;               /* that had no room */
};

/* FOLDER is for what lies on the disk meanwhile, under no name. */
struct book *book_new(const char *folder, when_t as_of, struct err *err);
/* Of columns and a head that stays. */
struct book_sheet *book_add(struct book *b, const struct row_table *t);
/* Texts that were longer than a cell, so far. */
uint64_t book_cut(const struct book *b);
/* Appends the workbook to OUT. 0, or -1 with ERR filled. */
int book_finish(struct book *b, struct outfile *out, struct err *err);
/* Takes NULL. */
void book_free(struct book *b);

#endif
