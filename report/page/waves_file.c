/* The file of waves: object, wave and, if it is there, the day of the wave. */
#include <string.h>

#include "base/buf.h"
#include "base/csv.h"
#include "base/dn.h"
#include "base/err.h"
#include "base/file.h"
#include "base/hash.h"
#include "base/list.h"
#include "base/utf8.h"
#include "base/when.h"
#include "report/page/waves.h"

enum { FILE_MAX = 64 << 20 };

enum wave_column { WAVE_OBJECT, WAVE_NAME, WAVE_DATE, WAVE_COLUMNS };

static const char *const titles[WAVE_COLUMNS] = {
	[WAVE_OBJECT] = "object", [WAVE_NAME] = "wave", [WAVE_DATE] = "date",
};

struct wave_reading {
	struct csv_sink sink;
	struct wave_plan *plan;
	const char *path;
	size_t at[WAVE_COLUMNS];
	size_t columns;              /* 0: no row was read */
};

static int
wrong(const struct wave_reading *r, const struct csv_row *row, const char *what,
      struct err *err)
{
	return err_usage(err, "%s:%llu: %s", r->path,
	                 (unsigned long long)row->line, what);
}

static const char *
field(const struct wave_reading *r, const struct csv_row *row,
      enum wave_column c)
{
	size_t at = r->at[c];
	const char *text = at < row->count ? row->fields[at] : "";

	return text + strspn(text, " ");
}

/* Whether the first row names the columns; else they stand in their order. */
static bool
take_titles(struct wave_reading *r, const struct csv_row *row)
{
	bool named[WAVE_COLUMNS] = { false };

	for (size_t i = 0; i < row->count; i++)
		for (int c = 0; c < WAVE_COLUMNS; c++)
			if (ascii_casecmp(row->fields[i], titles[c]) == 0) {
				r->at[c] = i;
				named[c] = true;
			}
	r->columns = row->count;
	if (named[WAVE_OBJECT] && named[WAVE_NAME]) {
		r->at[WAVE_DATE] = named[WAVE_DATE] ? r->at[WAVE_DATE]
		                                    : row->count;
		return true;
	}
	for (int c = 0; c < WAVE_COLUMNS; c++)
		r->at[c] = (size_t)c;
	return false;
}

static int
wave_named(struct wave_reading *r, const struct csv_row *row, uint32_t *out,
           struct err *err)
{
	const char *name = field(r, row, WAVE_NAME);
	struct wave_plan *w = r->plan;
	size_t i = 0;

	while (i < w->count && strcmp(w->waves[i].name, name) != 0)
		i++;
	*out = (uint32_t)i;
	if (i < w->count)
		return 0;
	if (i == WAVES_MAX)
		return wrong(r, row, "want at most 1000 waves", err);
	LIST_RESERVE(w->waves, w->room, w->count + 1);
	w->waves[w->count++] = (struct wave){
		.name = arena_strdup(&w->texts, name),
	};
	return 0;
}

static int
take_date(struct wave_reading *r, const struct csv_row *row, struct wave *w,
          struct err *err)
{
	const char *text = field(r, row, WAVE_DATE);
	char day[WHEN_TEXT];
	when_t when;

	if (!*text)
		return 0;
	if (when_from_iso(&when, text) < 0)
		return wrong(r, row, "want the wave's date as 2026-12-07", err);
	when_format_day(when, day);
	if (w->date && strcmp(w->date, day) != 0)
		return wrong(r, row, "want one date for a wave; a line above "
		             "has another one", err);
	if (!w->date)
		w->date = arena_strdup(&r->plan->texts, day);
	return 0;
}

static uint64_t
hash_of(const char *object)
{
	struct buf norm = { 0 };
	bool is_dn = strchr(object, '=') && dn_normalise(&norm, object) == 0;

	buf_release(&norm);
	return is_dn ? dn_hash(object) : hash_folded(object);
}

/* Which wave it is in is said once. */
static int
add_row(struct wave_reading *r, const struct csv_row *row, uint32_t wave,
        struct err *err)
{
	const char *object = field(r, row, WAVE_OBJECT);
	uint64_t hash = hash_of(object);
	struct wave_plan *w = r->plan;
	size_t at = HASH_INDEX_FIRST;
	long i = hash_index_next(&w->by_text, hash, &at);

	if (i >= 0 && w->rows[i].wave != wave)
		return err_usage(err, "%s:%llu: \"%s\" is in wave \"%s\" by "
		                 "line %llu; want one wave for an object",
		                 r->path, (unsigned long long)row->line, object,
		                 w->waves[w->rows[i].wave].name,
		                 (unsigned long long)w->rows[i].line);
	if (i >= 0)
		return 0;
	hash_index_add(&w->by_text, hash, w->row_count);
	LIST_RESERVE_BY_HALF(w->rows, w->row_room, w->row_count + 1);
	w->rows[w->row_count++] = (struct wave_row){
		.object = arena_strdup(&w->texts, object), .line = row->line,
		.wave = wave,
	};
	return 0;
}

static int
put_row(struct csv_sink *sink, const struct csv_row *row, struct err *err)
{
	struct wave_reading *r = (struct wave_reading *)sink;
	uint32_t wave;

	if (row->count == 1 && !*row->fields[0])
		return 0;
	if (!r->columns && take_titles(r, row))
		return 0;
	if (!*field(r, row, WAVE_OBJECT) || !*field(r, row, WAVE_NAME))
		return wrong(r, row, "want an object and its wave, with a "
		             "comma or semicolon between", err);
	if (wave_named(r, row, &wave, err) < 0 ||
	    take_date(r, row, &r->plan->waves[wave], err) < 0)
		return -1;
	return add_row(r, row, wave, err);
}

/* Of the first line: spreadsheets of some countries write semicolons. */
static char
delimiter_of(const char *text)
{
	size_t len = strcspn(text, "\r\n");

	return memchr(text, ';', len) && !memchr(text, ',', strcspn(text, ";"))
		? ';' : memchr(text, '\t', len) ? '\t' : ',';
}

/* A file that is damaged is as wrong an option as one that says nonsense. */
static int
parse(struct wave_reading *r, const char *text, size_t len, struct err *err)
{
	size_t mark = len >= 3 && memcmp(text, "\xef\xbb\xbf", 3) == 0 ? 3 : 0;
	struct csv_reader *csv = csv_reader_new(r->path,
	                                        delimiter_of(text + mark), 1,
	                                        &r->sink);
	int rc = csv_feed(csv, text + mark, len - mark, err);

	if (rc == 0)
		rc = csv_finish(csv, err);
	csv_reader_free(csv);
	if (rc == 0 && !r->plan->count)
		rc = err_usage(err, "%s: has no row; want a CSV of object and "
		               "wave", r->path);
	return rc;
}

struct wave_plan *
waves_read(const char *path, struct err *err)
{
	struct wave_reading r = { .sink = { put_row }, .path = path };
	struct buf text = { 0 };
	int rc;

	buf_init(&text, FILE_MAX);
	r.plan = xcalloc(1, sizeof(*r.plan));
	rc = file_read(path, &text, err);
	if (rc == 0 && utf8_bad(buf_text(&text), text.len) < text.len)
		rc = err_usage(err, "%s: want UTF-8, as spreadsheets save "
		               "\"CSV UTF-8\"", path);
	if (rc == 0)
		rc = parse(&r, buf_text(&text), text.len, err);
	buf_release(&text);
	if (rc < 0) {
		err->code = EXIT_USAGE;
		waves_free(r.plan);
		return NULL;
	}
	return r.plan;
}
