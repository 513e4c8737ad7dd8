/* Rows out of what libcsv calls back, and the escape that sheets want. */
#include "base/csv.h"

#include <csv.h>
#include <stdbool.h>
#include <stdlib.h>
#include <string.h>

#include "base/buf.h"
#include "base/err.h"
#include "base/list.h"
#include "base/mem.h"

enum { FIELD_STEP = 65536 };      /* by which a field's room grows */

struct csv_reader {
	struct csv_parser parser;
	char *name;
	struct csv_sink *sink;
	struct buf bytes;            /* the fields of this row */
	size_t *offsets, *lengths;
	const char **fields;
	size_t count, room;
	size_t pending;              /* bytes fed since the last field ended */
	uint64_t line, row_line;
	bool begun;                  /* a row, and it has not ended */
	bool after_return;           /* which ends a line if no \n follows */
	struct err *err;
	int failed;
};

/* Blanks belong to their field: a trailing one is a finding, not noise. */
static int
no_space(unsigned char c)
{
	(void)c;
	return 0;
}

struct csv_reader *
csv_reader_new(const char *name, char delimiter, uint64_t first_line,
               struct csv_sink *sink)
{
	struct csv_reader *r = xcalloc(1, sizeof(*r));

	csv_init(&r->parser, CSV_STRICT | CSV_STRICT_FINI);
	csv_set_delim(&r->parser, (unsigned char)delimiter);
	csv_set_space_func(&r->parser, no_space);
	/* Its own 128 bytes make a field of megabytes quadratic. */
	csv_set_blk_size(&r->parser, FIELD_STEP);
	r->name = xstrdup(name);
	r->sink = sink;
	r->line = r->row_line = first_line;
	return r;
}

void
csv_reader_free(struct csv_reader *r)
{
	if (!r)
		return;
	csv_free(&r->parser);
	free(r->name);
	buf_release(&r->bytes);
	free(r->offsets);
	free(r->lengths);
	free(r->fields);
	free(r);
}

/* libcsv's callbacks hand us back what we gave them, as void pointers. */
static void
on_field(void *text, size_t len, void *reader)
{
	struct csv_reader *r = reader;

	r->pending = 0;
	if (r->failed)
		return;
	if (r->count == r->room) {
		r->room = list_room(r->room, r->count + 1);
		LIST_RESIZE(r->offsets, r->room);
		LIST_RESIZE(r->lengths, r->room);
		LIST_RESIZE(r->fields, r->room);
	}
	r->offsets[r->count] = r->bytes.len;
	r->lengths[r->count] = len;
	buf_add(&r->bytes, text ? text : "", len);
	buf_addc(&r->bytes, '\0');
	if (++r->count > CSV_FIELDS_MAX)
		r->failed = err_input(r->err, "%s:%llu: more than %d fields "
		                      "in a row", r->name,
		                      (unsigned long long)r->row_line,
		                      CSV_FIELDS_MAX);
}

static void
on_row(int terminator, void *reader)
{
	struct csv_reader *r = reader;
	struct csv_row row = { .count = r->count, .line = r->row_line };

	(void)terminator;
	for (size_t i = 0; i < r->count; i++)
		r->fields[i] = r->bytes.data + r->offsets[i];
	row.fields = r->fields;
	row.lengths = r->lengths;
	if (!r->failed)
		r->failed = r->sink->put(r->sink, &row, r->err);
	buf_clear(&r->bytes);
	r->count = 0;
	r->begun = false;
}

static int
broken(struct csv_reader *r)
{
	return err_input(r->err, "%s:%llu: a double quote inside a field; "
	                 "want it doubled and the field in quotes", r->name,
	                 (unsigned long long)r->line);
}

/* One line or a part of one, so that rows know where they stand. */
static int
feed_piece(struct csv_reader *r, const char *data, size_t len)
{
	r->pending += len;
	if (csv_parse(&r->parser, data, len, on_field, on_row, r) != len)
		return broken(r);
	if (!r->failed && r->pending > CSV_FIELD_MAX)
		return err_input(r->err, "%s:%llu: a field longer than %d "
		                 "bytes; is a closing quote missing?", r->name,
		                 (unsigned long long)r->row_line,
		                 CSV_FIELD_MAX);
	return r->failed;
}

/* The bytes up to and with the next line end: a row ends only there. */
static size_t
piece_length(const char *data, size_t len)
{
	size_t i = 0;

	while (i < len && data[i] != '\n' && data[i] != '\r')
		i++;
	return i < len ? i + 1 : len;
}

int
csv_feed(struct csv_reader *r, const char *data, size_t len, struct err *err)
{
	r->err = err;
	while (len > 0) {
		size_t take = piece_length(data, len);
		char last = data[take - 1];
		bool blank = take == 1 && (last == '\n' || last == '\r');

		r->line += r->after_return && *data != '\n';
		/* Between rows line ends mean nothing to libcsv, either. */
		if (!r->begun && !blank) {
			r->begun = true;
			r->row_line = r->line;
		}
		if (r->begun && feed_piece(r, data, take) < 0)
			return -1;
		r->line += last == '\n';
		r->after_return = last == '\r';
		data += take;
		len -= take;
	}
	return 0;
}

int
csv_finish(struct csv_reader *r, struct err *err)
{
	r->err = err;
	if (csv_fini(&r->parser, on_field, on_row, r) != 0)
		return err_input(err, "%s:%llu: the quoted field that begins "
		                 "in this row does not end; is the file cut?",
		                 r->name, (unsigned long long)r->row_line);
	return r->failed;
}

/*
 * What a sheet would compute, if a text began with it: of the signs those of
 * double width, too, which East Asian programs take for the same.
 */
static const char *const wide[] = {
	"\xef\xbc\x9d", "\xef\xbc\x8b", "\xef\xbc\x8d", "\xef\xbc\xa0"
};

static bool
is_wide(const char *text)
{
	for (size_t i = 0; i < sizeof(wide) / sizeof(wide[0]); i++)
		if (strncmp(text, wide[i], strlen(wide[i])) == 0)
			return true;
	return false;
}

/* One that looks guarded already is, too: who reads it takes one away. */
static bool
is_guarded(const char *text)
{
	while (*text == '\'')
		text++;
	switch (*text) {
	case '=': case '+': case '-': case '@': case '\t': case '\r': case '\n':
		return true;
	case '\xef':
		return is_wide(text);
	default:
		return false;
	}
}

/* Quotes are doubled (RFC 4180, 2.7). */
static void
put_doubled(struct buf *out, const char *text, size_t len)
{
	const char *quote;

	while ((quote = memchr(text, '"', len))) {
		size_t n = (size_t)(quote - text) + 1;

		buf_add(out, text, n);
		buf_addc(out, '"');
		text += n;
		len -= n;
	}
	buf_add(out, text, len);
}

/* Most texts have no quotes: all of one has its room at once. */
static void
put_plain(struct buf *out, const char *text, size_t len)
{
	char *at = buf_extend(out, len + 2);

	if (!at)
		return;
	*at = at[len + 1] = '"';
	memcpy(at + 1, text, len);
}

void
csv_put_data(struct buf *out, const char *text, size_t len)
{
	if (!memchr(text, '"', len)) {
		put_plain(out, text, len);
		return;
	}
	buf_addc(out, '"');
	put_doubled(out, text, len);
	buf_addc(out, '"');
}

void
csv_put_field(struct buf *out, const char *text, size_t len)
{
	if (!len || !is_guarded(text)) {
		csv_put_data(out, text, len);
		return;
	}
	buf_adds(out, "\"'");
	put_doubled(out, text, len);
	buf_addc(out, '"');
}

const char *
csv_unguarded(const char *text)
{
	return *text == '\'' && is_guarded(text) ? text + 1 : text;
}
