/*
 * Rows that wait until a column has shown what its values are: copies, up to a
 * ceiling.
 */
#ifndef COLLECT_IMPORT_CSV_HELD_H
#define COLLECT_IMPORT_CSV_HELD_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/buf.h"
#include "base/csv.h"

enum { HELD_MAX = 32 << 20 };

struct held_row;

/* A zeroed struct is empty. */
struct csv_held {
	struct buf bytes;            /* fields, a NUL behind each */
	size_t *lengths;
	size_t fields, room_fields;
	struct held_row *rows;
	size_t count, room;
	const char **out;            /* the row that is given out */
	size_t room_out;
};

void csv_held_add(struct csv_held *h, const struct csv_row *row);
/* Whether it holds as much as it may. */
bool csv_held_is_full(const struct csv_held *h);
/* Row I; borrowed until the next call. */
struct csv_row csv_held_row(struct csv_held *h, size_t i);
void csv_held_release(struct csv_held *h);

#endif
