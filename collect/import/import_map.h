/*
 * What the columns of customers' CSV files are: tables from a column's name to
 * the attribute of the snapshot, and how its text becomes values.
 */
#ifndef COLLECT_IMPORT_IMPORT_MAP_H
#define COLLECT_IMPORT_IMPORT_MAP_H

#include <stddef.h>

enum column_treat {
	COLUMN_TEXT,             /* stored as it stands */
	COLUMN_AD,               /* an AD attribute: kind and shape as AD's */
	COLUMN_DN,               /* the distinguished name */
	COLUMN_ADDRESSES,        /* several addresses in one field */
	COLUMN_FLAG_INVERTED,    /* True or False, the other way round */
	COLUMN_DATE,             /* a date of AD, to FILETIME */
	COLUMN_WHEN,             /* a date of AD, to generalized time */
	COLUMN_TIME,             /* a date of the tenant, to ISO 8601 */
	COLUMN_JUNK,             /* PowerShell's own; dropped */
};

struct column_map {
	const char *column;      /* without blanks, any case */
	const char *attribute;
	enum column_treat treat;
};

struct column_table {
	const struct column_map *rows;
	size_t count;
	/* The attribute that any other column is, or NULL; may be NULL. */
	const char *(*property)(const char *column);
};

extern const struct column_table ad_columns;
extern const struct column_table exchange_columns;
extern const struct column_table portal_columns;
extern const struct column_table server_columns;

/* The row of a column, or NULL. */
const struct column_map *column_find(const struct column_table *t,
                                     const char *column);

#endif
