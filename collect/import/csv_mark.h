/* Byte-order marks at the beginning of lines, where files were put together. */
#ifndef COLLECT_IMPORT_CSV_MARK_H
#define COLLECT_IMPORT_CSV_MARK_H

#include <stdbool.h>
#include <stddef.h>

#include "base/buf.h"

/* A zeroed struct is ready, but for .inside. */
struct csv_mark_filter {
	bool inside;             /* of a line */
	size_t matched;          /* bytes of a mark, at a line's begin */
	struct buf out;
};

/* DATA without such marks; borrowed until the next call. */
void csv_mark_strip(struct csv_mark_filter *f, const char **data, size_t *len);
void csv_mark_release(struct csv_mark_filter *f);

#endif
