/*
 * A CSV report on its way into a file, by RFC 4180: rows of fields, each in
 * quotes. Fields are given one by one; the row belongs to the struct.
 */
#ifndef REPORT_CSV_FILE_H
#define REPORT_CSV_FILE_H

#include "base/buf.h"

struct format_options;
struct outfile;

struct csv_file {
	struct outfile *out;
	char delimiter;
	struct buf row;
};

/* Begins with the byte-order mark, if there is to be one; release it. */
void csv_file_begin(struct csv_file *c, const struct format_options *o,
                    struct outfile *out);
/* NULL is an empty field. */
void csv_file_field(struct csv_file *c, const char *text);
/* The same, byte by byte: for programs that read it back. */
void csv_file_data(struct csv_file *c, const char *text);
void csv_file_end_row(struct csv_file *c);
void csv_file_release(struct csv_file *c);

#endif
