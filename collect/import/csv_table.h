/*
 * A customer's CSV file with a header: what all kinds have in common. The
 * delimiter is found out, columns get their place in a table of import_map.h,
 * fields become values of a record, and what the export lost is told.
 */
#ifndef COLLECT_IMPORT_CSV_TABLE_H
#define COLLECT_IMPORT_CSV_TABLE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/buf.h"
#include "base/csv.h"
#include "collect/import/csv_value.h"
#include "collect/import/import_map.h"
#include "collect/import/source.h"

struct csv_table;

/* What a kind of file knows beside its columns. */
struct csv_dialect {
	const struct column_table *columns;
	enum column_treat otherwise;     /* treats columns not in the table */
	/* A section for the row at hand, whose record is t->record. */
	enum section (*section)(struct csv_table *t);
	/* The section when there are no rows at all. */
	enum section empty;
	/* What the record needs so that it can be stored, or NULL. */
	const char *key;
};

struct csv_table {
	struct parser parser;            /* first: what the importer holds */
	struct csv_sink rows;
	const struct csv_dialect *dialect;
	struct sink *sink;
	char *name;
	struct buf head;                 /* until the header line is whole */
	struct csv_reader *reader;       /* NULL before */
	uint64_t head_line;
	char *type;                      /* of a #TYPE line, or NULL */
	struct column *columns;
	size_t count;
	bool csvde;                      /* csvde's way of joining values */
	bool noted_dates;
	bool met[SECTION_COUNT];
	struct record *record;
};

/* NAME stands for the file in errors. */
struct parser *csv_table_open(const char *name, struct sink *sink,
                              const struct csv_dialect *dialect);

/* Whether the header has the column (blanks and case aside). */
bool csv_table_has(const struct csv_table *t, const char *column);

/*
 * Whether the header line at the start of HEAD has the column; for recognising
 * a kind before there is a table.
 */
bool csv_head_has(const char *head, size_t len, const char *column);

#endif
