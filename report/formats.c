/* What takes findings and objects shares one reading of them. */
#include "report/formats.h"

#include <stdlib.h>
#include <string.h>

#include "base/file.h"
#include "report/pass.h"
#include "report/view.h"

const struct format formats[FORMATS] = {
#define FORMAT_PRINTS(word, path, function, at) \
	{ .name = word, .file = path, .print = function, .when = at },
#define FORMAT_TAKES(word, path, function, at) \
	{ .name = word, .file = path, .take = function, .when = at },
	REPORT_FORMATS(FORMAT_PRINTS, FORMAT_TAKES)
#define FORMAT_FOLDER(word, path, wants) \
	{ .name = word, .file = path, .when = FORMAT_ASKED },
	REPORT_FOLDERS(FORMAT_FOLDER)
#undef FORMAT_FOLDER
#undef FORMAT_PRINTS
#undef FORMAT_TAKES
};

/* The files while they are written. */
struct formats_writing {
	const struct formats_wanted *wanted;
	const struct view *view;
	const struct format_options *options;
	struct outfile *out[FORMATS];
	struct pass_taker *takers[FORMATS];
	size_t count;            /* of takers */
};

bool
format_is_folder(const struct format *f)
{
	return !f->print && !f->take;
}

bool
formats_want(const struct formats_wanted *w, const char *word)
{
	for (size_t i = 0; i < FORMATS; i++)
		if (w->which[i] && strcmp(formats[i].name, word) == 0)
			return true;
	return false;
}

static int
open_file(struct formats_writing *w, size_t i, struct err *err)
{
	char *path = path_join(w->wanted->folder, formats[i].file);

	w->out[i] = outfile_open(path, OUTFILE_ALONE, err);
	free(path);
	return w->out[i] ? 0 : -1;
}

static int
begin(struct formats_writing *w, size_t i, struct err *err)
{
	struct pass_taker *t;

	if (open_file(w, i, err) < 0)
		return -1;
	if (formats[i].print)
		return formats[i].print(w->view, w->options, w->out[i], err);
	t = formats[i].take(w->view, w->options, w->out[i], err);
	if (t)
		w->takers[w->count++] = t;
	return t ? 0 : -1;
}

static int
print_all(struct formats_writing *w, struct err *err)
{
	const struct pass_of of = { w->view->findings, w->options->known };
	int rc = 0;

	for (size_t i = 0; i < FORMATS && rc == 0; i++)
		if (w->wanted->which[i] && !format_is_folder(&formats[i]))
			rc = begin(w, i, err);
	if (rc == 0 && w->count)
		rc = pass_run(&of, w->takers, w->count, err);
	for (size_t i = 0; i < w->count; i++)
		w->takers[i]->free(w->takers[i]);
	return rc;
}

int
formats_write(const struct formats_wanted *w, const struct view *v,
              const struct format_options *o, struct err *err)
{
	struct formats_writing writing = {
		.wanted = w, .view = v, .options = o,
	};
	int rc = print_all(&writing, err);

	for (size_t i = 0; i < FORMATS; i++) {
		if (writing.out[i] && rc == 0)
			rc = outfile_commit(writing.out[i], NULL, err);
		else
			outfile_abort(writing.out[i]);
	}
	return rc;
}
