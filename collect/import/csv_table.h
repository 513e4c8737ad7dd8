/*
 * A customer's CSV file with a header, as all kinds of it have it in common,
 * while it is read: columns with their place in a table of import_map.h, the
 * record of the row at hand, and what was met on the way.
 */
#ifndef COLLECT_IMPORT_CSV_TABLE_H
#define COLLECT_IMPORT_CSV_TABLE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/buf.h"
#include "base/csv.h"
#include "collect/import/csv_head.h"
#include "collect/import/csv_held.h"
#include "collect/import/csv_mark.h"
#include "collect/import/csv_value.h"
#include "collect/import/import_map.h"
#include "collect/import/source.h"
#include "collect/schema/schema.h"

struct csv_table;

/* What a kind of file knows beside its columns. */
struct csv_dialect {
	const struct column_table *columns;
	enum column_treat otherwise;     /* treats columns not in the table */
	/* A section for the row at hand, whose record is t->record. */
	enum section (*section)(struct csv_table *t);
	/*
	 * Adds to that record what follows from the row, or refuses it; NULL
	 * when there is nothing to do.
	 */
	int (*complete)(struct csv_table *t, uint64_t line, struct err *err);
	/* The section when there are no rows at all. */
	enum section empty;
	/* What the record needs so that it can be stored, or NULL. */
	const char *key;
	/* Whether it can be where there is no column for KEY; or NULL. */
	bool (*is_object)(const struct record *r);
	const char *instead;             /* what to have then, in words */
	void (*without_key)(struct sink *sink);
};

struct csv_table {
	struct parser parser;            /* first: what the importer holds */
	struct csv_sink rows;
	const struct csv_dialect *dialect;
	struct sink *sink;
	char *name;
	struct csv_mark_filter marks;
	struct buf head;                 /* until the header line is whole */
	struct csv_reader *reader;       /* NULL before */
	char delimiter;
	char *type;                      /* of a #TYPE line, or NULL */
	struct column *columns;
	size_t count, longest;           /* of the squeezed names, in bytes */
	enum loss *losses;               /* of the row at hand, by column */
	bool csvde;                      /* csvde's way of joining values */
	bool holding;                    /* rows wait in .held */
	struct csv_held held;
	struct meeting repeated;         /* the header, once more */
	bool met[SECTION_COUNT];
	struct name_set derived;         /* attributes that no column has */
	struct record *record;
};

/* Whether the header has the column (blanks and case aside). */
bool csv_table_has(const struct csv_table *t, const char *column);
/* The text that the row's record has of the attribute, or of its column. */
const char *csv_table_text(const struct csv_table *t, const char *attribute);

/* Says that the row's record has an attribute that follows from others. */
void csv_table_derive(struct csv_table *t, const char *attribute);

/* Gives a column its attribute, by its squeezed name. */
void csv_column_set(struct csv_table *t, size_t at);
void csv_column_settle(struct csv_table *t);
void csv_column_release(struct column *c);

#endif
