/* Exchange's CSV files, and which side they are of. */
#ifndef COLLECT_IMPORT_CSV_EXCHANGE_H
#define COLLECT_IMPORT_CSV_EXCHANGE_H

#include <stdbool.h>
#include <stddef.h>

#include "collect/import/csv_head.h"
#include "collect/import/exchange_side.h"
#include "collect/import/source.h"

extern const struct source exchange_csv_source;
extern const struct source exchange_online_csv_source;

/* Whether the columns are those of Exchange's recipients. */
bool csv_head_is_exchange(const struct csv_head *h);

/*
 * What the rows at the beginning of a file tell, all together: HEAD is cut
 * anywhere.
 */
enum exchange_side csv_exchange_side(const char *head, size_t len);

#endif
