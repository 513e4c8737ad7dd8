/*
 * Tables that more than one format prints: their columns, and whoever takes
 * their rows.
 */
#ifndef REPORT_TABLE_H
#define REPORT_TABLE_H

#include <stddef.h>

/* What a cell is, where a format has types; all are handed over as texts. */
enum cell_kind { CELL_TEXT, CELL_NUMBER, CELL_SEVERITY };

struct table_column {
	const char *title;
	enum cell_kind kind;
	unsigned short width;    /* in characters, where a format has widths */
};

struct row_table {
	const char *name;
	const struct table_column *columns;
	size_t count;
};

/* Embed it. A cell may be NULL: it is empty. */
struct table_sink {
	void (*row)(struct table_sink *s, const struct row_table *t,
	            const char *const *cells);
};

#endif
