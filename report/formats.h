/* The formats as a table, and how the files of those that are wanted come. */
#ifndef REPORT_FORMATS_H
#define REPORT_FORMATS_H

#include <stdbool.h>

#include "report/format.h"

struct err;
struct view;

struct format {
	const char *name, *file;
	enum format_when when;
	/* One of the two; a folder has none. */
	int (*print)(const struct view *v, const struct format_options *o,
	             struct outfile *out, struct err *err);
	struct pass_taker *(*take)(const struct view *v,
	                           const struct format_options *o,
	                           struct outfile *out, struct err *err);
};

enum {
#define FORMAT_ONE_MORE(...) + 1
	FORMATS = 0 REPORT_FORMATS(FORMAT_ONE_MORE, FORMAT_ONE_MORE)
		REPORT_FOLDERS(FORMAT_ONE_MORE)
#undef FORMAT_ONE_MORE
};

extern const struct format formats[FORMATS];

bool format_is_folder(const struct format *f);

/* Into FOLDER, those that WANTED says. */
struct formats_wanted {
	const char *folder;
	bool which[FORMATS];
};

/* Whether a format of that word is written. */
bool formats_want(const struct formats_wanted *w, const char *word);
/* All files are whole before the first one gets its name. 0, or -1. */
int formats_write(const struct formats_wanted *w, const struct view *v,
                  const struct format_options *o, struct err *err);

#endif
