/* Copies of rows; see csv_held.h. */
#include "collect/import/csv_held.h"

#include <stdlib.h>

#include "base/list.h"

struct held_row {
	size_t at;               /* of its first field's bytes */
	size_t first, count;     /* its fields */
	uint64_t line;
};

void
csv_held_add(struct csv_held *h, const struct csv_row *row)
{
	struct held_row r = {
		.at = h->bytes.len, .first = h->fields, .count = row->count,
		.line = row->line,
	};

	LIST_RESERVE(h->lengths, h->room_fields, h->fields + row->count);
	for (size_t i = 0; i < row->count; i++) {
		buf_add(&h->bytes, row->fields[i], row->lengths[i]);
		buf_addc(&h->bytes, '\0');
		h->lengths[h->fields++] = row->lengths[i];
	}
	LIST_RESERVE(h->rows, h->room, h->count + 1);
	h->rows[h->count++] = r;
}

bool
csv_held_is_full(const struct csv_held *h)
{
	return h->bytes.len + h->fields * sizeof(*h->lengths) +
	       h->count * sizeof(*h->rows) > HELD_MAX;
}

struct csv_row
csv_held_row(struct csv_held *h, size_t i)
{
	const struct held_row *r = &h->rows[i];
	size_t at = r->at;

	LIST_RESERVE(h->out, h->room_out, r->count);
	for (size_t k = 0; k < r->count; k++) {
		h->out[k] = h->bytes.data + at;
		at += h->lengths[r->first + k] + 1;
	}
	return (struct csv_row){
		.fields = h->out, .lengths = h->lengths + r->first,
		.count = r->count, .line = r->line,
	};
}

void
csv_held_release(struct csv_held *h)
{
	buf_release(&h->bytes);
	free(h->lengths);
	free(h->rows);
	free(h->out);
	*h = (struct csv_held){ 0 };
}
