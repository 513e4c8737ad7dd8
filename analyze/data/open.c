/* Opens the data, and says how old it is. */
#include "analyze/data/data.h"

#include <stdlib.h>
#include <string.h>

#include "analyze/data/files.h"
#include "base/buf.h"

enum { DAY = 24 * 60 * 60 };

static int
by_name(const void *a, const void *b)
{
	const struct data_file *x = a, *y = b;

	return strcmp(x->name, y->name);
}

struct data *
data_open(const struct data_places *from, struct err *err)
{
	struct data *d = xcalloc(1, sizeof(*d));
	const char *folder = from->folder ? from->folder
	                                  : data_folder(&d->arena);

	if (special_names_read(&d->special, folder, &d->files[d->file_count++],
	                       &d->arena, err) < 0 ||
	    engine_ages_read(&d->engine, folder, &d->files[d->file_count++],
	                     &d->arena, err) < 0 ||
	    exchange_ages_read(&d->exchange, folder,
	                       &d->files[d->file_count++], &d->arena,
	                       err) < 0 ||
	    exchange_releases_read(&d->releases, folder,
	                           &d->files[d->file_count++], &d->arena,
	                           err) < 0)
		goto fail;
	d->suffixes = suffix_list_open(from->suffixes,
	                               &d->files[d->file_count++], &d->arena,
	                               err);
	if (!d->suffixes)
		goto fail;
	qsort(d->files, d->file_count, sizeof(d->files[0]), by_name);
	return d;
fail:
	data_free(d);
	return NULL;
}

void
data_free(struct data *d)
{
	if (!d)
		return;
	suffix_list_free(d->suffixes);
	arena_release(&d->arena);
	free(d);
}

size_t
data_files(const struct data *d, const struct data_file **out)
{
	*out = d ? d->files : NULL;
	return d ? d->file_count : 0;
}

/* A file without an age says what stays so. */
static bool
is_too_old(const struct data_file *f, when_t now)
{
	return f->valid_days && now != WHEN_NONE &&
	       now - f->as_of > (when_t)f->valid_days * DAY;
}

static const char *
tell_age(const struct data_file *f, when_t now, struct arena *a)
{
	struct buf text = { 0 };
	char day[WHEN_TEXT];
	const char *out;

	when_format_day(now, day);
	buf_addf(&text, "%s says what was so on %s, and is good for %u days: "
	         "of %s it may say what is no more so; give a newer one by "
	         "--data",
	         f->name, f->day, f->valid_days, day);
	out = arena_strdup(a, text.data);
	buf_release(&text);
	return out;
}

size_t
data_tell_ages(const struct data *d, when_t now, struct arena *a,
               const char *const **out)
{
	const char **texts = arena_alloc(a, DATA_FILES * sizeof(*texts));
	size_t n = 0;

	for (size_t i = 0; d && i < d->file_count; i++)
		if (is_too_old(&d->files[i], now))
			texts[n++] = tell_age(&d->files[i], now, a);
	*out = texts;
	return n;
}
