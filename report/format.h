/* The formats of a report: each prints a view into a file, and only that. */
#ifndef REPORT_FORMAT_H
#define REPORT_FORMAT_H

#include <stdbool.h>

struct err;
struct outfile;
struct view;

struct format_options {
	char csv_delimiter;
	bool csv_mark;           /* begin with a byte-order mark */
};

/* 0, or -1 with ERR filled when the findings cannot be read. */
int format_csv(const struct view *v, const struct format_options *o,
               struct outfile *out, struct err *err);
int format_forecast(const struct view *v, const struct format_options *o,
                    struct outfile *out, struct err *err);
int format_html(const struct view *v, const struct format_options *o,
                struct outfile *out, struct err *err);

#endif
