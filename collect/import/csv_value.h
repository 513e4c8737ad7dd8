/* From the fields of CSV files to values of records. */
#ifndef COLLECT_IMPORT_CSV_VALUE_H
#define COLLECT_IMPORT_CSV_VALUE_H

#include <stddef.h>

#include "base/when.h"
#include "collect/import/csv_table.h"

struct record;

/*
 * Adds the field to the record as the column's treatment says; an empty field
 * declares the attribute. 0, or -1 when the text is not what it should be.
 */
int csv_value_add(struct csv_table *t, struct column *c, const char *text,
                  size_t len);

/* Whether the text is the name of a .NET type instead of values. */
bool csv_value_is_type_name(const char *text);

/*
 * Splits joined addresses: a new one begins where a separator is followed by a
 * known prefix. Calls record_add_text for each.
 */
void csv_value_split_addresses(struct record *r, const char *attribute,
                               const char *text);

/*
 * Reads a date as PowerShell writes it in some culture, in UTC. 0, or -1 when
 * day and month cannot be told apart or it is no date. *ORDER is learnt.
 */
int csv_value_date(when_t *out, const char *text, enum date_order *order);

#endif
