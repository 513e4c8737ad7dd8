/*
 * CSV (RFC 4180), both ways, over libcsv, which only this module knows.
 */
#ifndef BASE_CSV_H
#define BASE_CSV_H

#include <stddef.h>
#include <stdint.h>

struct buf;
struct err;

enum {
	CSV_FIELD_MAX = 16 << 20,    /* bytes in a field */
	CSV_FIELDS_MAX = 20000,      /* fields in a row */
};

/* One row; the fields are borrowed and end in a NUL. */
struct csv_row {
	const char *const *fields;
	const size_t *lengths;
	size_t count;
	uint64_t line;               /* where it begins, from 1 */
};

/* Who takes the rows: put returns 0, or -1 with ERR filled, which ends it. */
struct csv_sink {
	int (*put)(struct csv_sink *sink, const struct csv_row *row,
	           struct err *err);
};

struct csv_reader;

/*
 * NAME stands for the file in errors ("NAME:LINE: ..."); FIRST_LINE is the
 * number of the line that the first byte fed stands in.
 */
struct csv_reader *csv_reader_new(const char *name, char delimiter,
                                  uint64_t first_line, struct csv_sink *sink);
void csv_reader_free(struct csv_reader *r);
int csv_feed(struct csv_reader *r, const char *data, size_t len,
             struct err *err);
/* Ends the input; an open quote is an error. */
int csv_finish(struct csv_reader *r, struct err *err);

/*
 * Appends a field in double quotes. Text that a spreadsheet would take for a
 * formula (it begins with = + - @, also of double width, a tab or the end of a
 * line) gets an apostrophe in front (OWASP, "CSV Injection"), and so does such
 * a text with apostrophes there already.
 */
void csv_put_field(struct buf *out, const char *text, size_t len);
/* The text of such a field: without that apostrophe. */
const char *csv_unguarded(const char *text);
/* The same as csv_put_field, byte by byte, whatever it begins with. */
void csv_put_data(struct buf *out, const char *text, size_t len);

#endif
