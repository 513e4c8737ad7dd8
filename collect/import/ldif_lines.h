/*
 * LDIF cut into logical lines: a line that begins with a space goes on from the
 * one before (RFC 2849, note 2). A byte-order mark at the begin of a line is
 * where files were put together: it ends a record as a blank line does.
 */
#ifndef COLLECT_IMPORT_LDIF_LINES_H
#define COLLECT_IMPORT_LDIF_LINES_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/buf.h"

struct err;

enum { LDIF_LINE_MAX = 16 << 20 };       /* bytes of an unfolded line */

/* Who takes the lines; each gives 0, or -1 with ERR filled. */
struct ldif_lines_sink {
	/* LEN is not 0; what follows the line is not to be read. */
	int (*line)(struct ldif_lines_sink *s, const char *line, size_t len,
	            struct err *err);
	int (*blank)(struct ldif_lines_sink *s, struct err *err);
};

struct ldif_lines {
	const char *name;        /* of the file, for errors */
	struct ldif_lines_sink *sink;
	struct buf piece;        /* a physical line not yet ended */
	struct buf line;         /* a logical line, unfolded */
	bool has_line;
	uint64_t number;         /* of the physical line being read */
	uint64_t begin;          /* where the logical line began */
};

/* NAME must outlive L. */
void ldif_lines_init(struct ldif_lines *l, const char *name,
                     struct ldif_lines_sink *sink);
void ldif_lines_release(struct ldif_lines *l);
int ldif_lines_feed(struct ldif_lines *l, const char *data, size_t len,
                    struct err *err);
/* The file ends: hands out the last line. */
int ldif_lines_finish(struct ldif_lines *l, struct err *err);

#endif
