/* From the fields of CSV files to values of records. */
#ifndef COLLECT_IMPORT_CSV_VALUE_H
#define COLLECT_IMPORT_CSV_VALUE_H

#include <stdbool.h>
#include <stddef.h>

#include "collect/import/import_map.h"

struct record;

/* The order of day and month, as far as a column has shown. */
enum date_order { ORDER_UNKNOWN, ORDER_DAY_FIRST, ORDER_MONTH_FIRST };

struct column {
	char *name;                      /* as the file spells it */
	char *squeezed;                  /* without blanks */
	const char *attribute;           /* NULL: dropped */
	enum column_treat treat;
	bool lost;                       /* the export wrote type names */
	bool unclear;                    /* dates of unknown order */
	enum date_order order;           /* of its dates so far */
};

/*
 * Adds the field to the record as the column's treatment says; an empty field
 * declares the attribute. 0, or -1 when the text is not what it should be.
 */
int csv_value_add(struct record *r, struct column *c, const char *text,
                  size_t len);

/* Whether the text is the name of a .NET type instead of values. */
bool csv_value_is_type_name(const char *text);

#endif
