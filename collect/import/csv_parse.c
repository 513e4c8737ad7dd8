/* From the bytes of a CSV file to records; see csv_parse.h. */
#include "collect/import/csv_parse.h"

#include <stdlib.h>
#include <string.h>
#include <strings.h>

#include "base/err.h"
#include "base/mem.h"
#include "base/record.h"
#include "base/utf8.h"
#include "collect/import/csv_tell.h"
#include "collect/schema/schema.h"

enum { HEAD_MAX = 1 << 20, COLUMNS_MAX = 10000 };

static struct csv_table *
of_parser(struct parser *p)
{
	return (struct csv_table *)p;
}

static struct csv_table *
of_rows(struct csv_sink *s)
{
	return (struct csv_table *)(void *)
		((char *)s - offsetof(struct csv_table, rows));
}

static int
not_utf8(const struct csv_table *t, uint64_t line, const char *column,
         struct err *err)
{
	return err_input(err, "%s:%llu: %s%sis not UTF-8; want UTF-8, UTF-16 "
	                 "with a byte-order mark, or --encoding windows-1252",
	                 t->name, (unsigned long long)line, column,
	                 *column ? ": " : "");
}

static int
add_column(struct csv_table *t, const struct csv_row *row, size_t i,
           struct err *err)
{
	char *name = csv_name(row->fields[i], row->lengths[i]);
	bool twice = *name && csv_table_has(t, name);

	if (twice)
		err_input(err, "%s:%llu: the column \"%s\" stands twice in the "
		          "header", t->name, (unsigned long long)row->line,
		          name);
	if (!twice)
		t->columns[t->count++] = (struct column){
			.name = xstrdup(row->fields[i]),
			.squeezed = xstrdup(name),
		};
	if (strlen(name) > t->longest)
		t->longest = strlen(name);
	free(name);
	return twice ? -1 : 0;
}

/*
 * csvde's first column is DN, and it writes commas; who saved its file anew
 * with other delimiters left the cells as they were.
 */
static bool
is_csvde(const struct csv_table *t, char delimiter)
{
	return t->count && strcmp(t->columns[0].name, "DN") == 0 &&
	       (delimiter == ',' || csv_table_has(t, "objectClass"));
}

static int
take_header(struct csv_table *t, const struct csv_row *row, struct err *err)
{
	if (row->count > COLUMNS_MAX)
		return err_input(err, "%s:%llu: want a header of at most %d "
		                 "columns, have %zu", t->name,
		                 (unsigned long long)row->line, COLUMNS_MAX,
		                 row->count);
	t->columns = xcalloc(row->count, sizeof(*t->columns));
	t->losses = xcalloc(row->count, sizeof(*t->losses));
	for (size_t i = 0; i < row->count; i++) {
		if (utf8_bad(row->fields[i], row->lengths[i]) <
		    row->lengths[i])
			return not_utf8(t, row->line, "", err);
		if (add_column(t, row, i, err) < 0)
			return -1;
	}
	t->csvde = is_csvde(t, t->delimiter);
	for (size_t i = 0; i < t->count; i++)
		csv_column_set(t, i);
	csv_column_settle(t);
	for (size_t i = 0; i < t->count; i++)
		t->holding = t->holding || csv_value_is_date(&t->columns[i]);
	return 0;
}

static int
take_field(struct csv_table *t, const struct csv_row *row, size_t i,
           struct err *err)
{
	struct column *c = &t->columns[i];
	const char *text = row->fields[i];

	if (utf8_bad(text, row->lengths[i]) < row->lengths[i])
		return not_utf8(t, row->line, c->name, err);
	if (strlen(text) != row->lengths[i])
		return err_input(err, "%s:%llu: %s: want text without NUL, "
		                 "have \"%.100s\"", t->name,
		                 (unsigned long long)row->line, c->name, text);
	if (!*c->squeezed && *text)
		meeting_note(&c->used, row->line, text);
	t->losses[i] = csv_value_add(t->record, c, row->line, text,
	                             row->lengths[i]);
	return 0;
}

/* The column that is to hold the attribute. */
static const char *
column_of(const struct csv_table *t, const char *attribute)
{
	for (size_t i = 0; i < t->count; i++)
		if (t->columns[i].attribute &&
		    strcasecmp(t->columns[i].attribute, attribute) == 0)
			return t->columns[i].name;
	return attribute;
}

static bool
has_column_of(const struct csv_table *t, const char *attribute)
{
	for (size_t i = 0; i < t->count; i++)
		if (t->columns[i].attribute &&
		    strcasecmp(t->columns[i].attribute, attribute) == 0)
			return true;
	return false;
}

/* Whether the row says what object it is. */
static int
check_key(struct csv_table *t, const struct csv_row *row, struct err *err)
{
	const struct csv_dialect *d = t->dialect;
	const char *text = d->key ? record_text(t->record, d->key) : NULL;
	bool instead = d->is_object && !has_column_of(t, d->key);

	if (!d->key || (text && *text))
		return 0;
	if (instead && d->is_object(t->record)) {
		d->without_key(t->sink);
		return 0;
	}
	return err_input(err, "%s:%llu: want %s in every row; %s empty here",
	                 t->name, (unsigned long long)row->line,
	                 instead ? d->instead : column_of(t, d->key),
	                 instead ? "they are" : "it is");
}

/* Hands a row on as an object. */
static int
put_row(struct csv_table *t, const struct csv_row *row, struct err *err)
{
	const struct csv_dialect *d = t->dialect;
	enum section s;

	record_clear(t->record);
	for (size_t i = 0; i < t->count; i++)
		t->losses[i] = LOSS_NONE;
	for (size_t i = 0; i < row->count && i < t->count; i++)
		if (take_field(t, row, i, err) < 0)
			return -1;
	if (check_key(t, row, err) < 0)
		return -1;
	if (d->complete && d->complete(t, row->line, err) < 0)
		return -1;
	s = d->section(t);
	t->met[s] = true;
	csv_tell_row(t, s);
	return t->sink->put(t->sink, s, t->record, row->line, err);
}

/* What was held can be handed on now. */
static int
release_rows(struct csv_table *t, struct err *err)
{
	int rc = 0;

	t->holding = false;
	for (size_t i = 0; i < t->held.count && rc == 0; i++) {
		struct csv_row row = csv_held_row(&t->held, i);

		rc = put_row(t, &row, err);
	}
	csv_held_release(&t->held);
	return rc;
}

static bool
is_blank(const struct csv_row *row)
{
	for (size_t i = 0; i < row->count; i++)
		if (row->fields[i][strspn(row->fields[i], " \t")])
			return false;
	return true;
}

/* What a cell is to the header. */
enum header_cell {
	CELL_EMPTY,
	CELL_SAME,               /* its own column's name */
	CELL_KNOWN,              /* another column's */
	CELL_OTHER,
};

static enum header_cell
header_cell(const struct csv_table *t, const struct csv_row *row, size_t i)
{
	enum header_cell cell = CELL_OTHER;
	char *name;

	if (!csv_name_fits(row->fields[i], row->lengths[i], t->longest))
		return CELL_OTHER;
	name = csv_name(row->fields[i], row->lengths[i]);
	if (!*name)
		cell = CELL_EMPTY;
	else if (strcasecmp(name, t->columns[i].squeezed) == 0)
		cell = CELL_SAME;
	else if (csv_table_has(t, name))
		cell = CELL_KNOWN;
	free(name);
	return cell;
}

/*
 * 1 when the row is the header once more, as where files were put together; -1
 * when it is another header.
 */
static int
repeats_header(struct csv_table *t, const struct csv_row *row, struct err *err)
{
	size_t known = 0, same = 0;

	/* Of nearly all rows the first field says that they are none. */
	for (size_t i = 0; i < row->count && i < t->count; i++) {
		enum header_cell cell = header_cell(t, row, i);

		if (cell == CELL_OTHER)
			return 0;
		known += cell != CELL_EMPTY;
		same += cell == CELL_SAME;
	}
	if (!known || (known == 1 && t->count > 1))
		return 0;
	if (same < known)
		return err_input(err, "%s:%llu: another header stands here; "
		                 "files with different columns were put "
		                 "together: import each by itself", t->name,
		                 (unsigned long long)row->line);
	meeting_note(&t->repeated, row->line, "");
	return 1;
}

/*
 * Excel leaves out what is empty at the end of a row, but adds nothing that the
 * header has not: a field too many is a comma too many, before values that now
 * stand in the wrong columns.
 */
static bool
fits(const struct csv_table *t, const struct csv_row *row)
{
	if (row->count > t->count)
		return false;
	for (size_t i = row->count; i < t->count; i++)
		if (*t->columns[i].squeezed)
			return false;
	return true;
}

/* What is not UTF-8 is refused when the row is handed on. */
static void
look_at_dates(struct csv_table *t, const struct csv_row *row)
{
	for (size_t i = 0; i < row->count && i < t->count; i++) {
		const char *text = row->fields[i];
		size_t len = row->lengths[i];

		if (len && csv_value_is_date(&t->columns[i]) &&
		    utf8_bad(text, len) == len)
			csv_value_look(&t->columns[i], row->line, text);
	}
}

static int
take_row(struct csv_table *t, const struct csv_row *row, struct err *err)
{
	int repeats;

	if (is_blank(row) ||
	    csv_is_prologue(row->fields[0], row->lengths[0]))
		return 0;
	repeats = repeats_header(t, row, err);
	if (repeats)
		return repeats < 0 ? -1 : 0;
	if (!fits(t, row))
		return err_input(err, "%s:%llu: want %zu fields as in the "
		                 "header, have %zu; is the file cut or mixed?",
		                 t->name, (unsigned long long)row->line,
		                 t->count, row->count);
	look_at_dates(t, row);
	if (!t->holding)
		return put_row(t, row, err);
	csv_held_add(&t->held, row);
	return csv_held_is_full(&t->held) ? release_rows(t, err) : 0;
}

static int
on_row(struct csv_sink *s, const struct csv_row *row, struct err *err)
{
	struct csv_table *t = of_rows(s);

	return t->columns ? take_row(t, row, err) : take_header(t, row, err);
}

/* Begins to read rows, if the header is whole or the file ends in it. */
static int
start(struct csv_table *t, bool at_end, struct err *err)
{
	const char *text = buf_text(&t->head);
	struct csv_head h;
	uint64_t line = 1;
	int rc = 0;

	if (csv_head_read(&h, text, t->head.len) || at_end) {
		t->type = h.type ? xstrdup(h.type) : NULL;
		t->delimiter = h.delimiter ? h.delimiter : ',';
		for (size_t i = 0; i < h.start; i++)
			line += text[i] == '\n';
		t->reader = csv_reader_new(t->name, t->delimiter, line,
		                           &t->rows);
		rc = csv_feed(t->reader, text + h.start,
		              t->head.len - h.start, err);
	}
	csv_head_release(&h);
	return rc;
}

static int
table_feed(struct parser *p, const char *data, size_t len, struct err *err)
{
	struct csv_table *t = of_parser(p);

	csv_mark_strip(&t->marks, &data, &len);
	if (t->reader)
		return csv_feed(t->reader, data, len, err);
	buf_add(&t->head, data, len);
	if (t->head.full)
		return err_input(err, "%s:1: the header is longer than %d "
		                 "bytes", t->name, HEAD_MAX);
	/* A line end outside of quotes is needed; most pieces have one. */
	return memchr(data, '\n', len) ? start(t, false, err) : 0;
}

static int
table_finish(struct parser *p, struct err *err)
{
	struct csv_table *t = of_parser(p);
	bool any = false;

	if (!t->reader && start(t, true, err) < 0)
		return -1;
	if (csv_finish(t->reader, err) < 0)
		return -1;
	if (!t->columns)
		return err_input(err, "%s:1: want a header line", t->name);
	if (release_rows(t, err) < 0)
		return -1;
	for (int s = 0; s < SECTION_COUNT; s++)
		any = any || t->met[s];
	if (!any)
		t->met[t->dialect->empty] = true;
	csv_tell(t);
	return 0;
}

static void
table_free(struct parser *p)
{
	struct csv_table *t = of_parser(p);

	for (size_t i = 0; i < t->count; i++)
		csv_column_release(&t->columns[i]);
	free(t->columns);
	free(t->losses);
	free(t->repeated.value);
	csv_held_release(&t->held);
	name_set_release(&t->derived);
	csv_reader_free(t->reader);
	csv_mark_release(&t->marks);
	record_free(t->record);
	buf_release(&t->head);
	free(t->type);
	free(t->name);
	free(t);
}

struct parser *
csv_parse_open(const char *name, struct sink *sink,
               const struct csv_dialect *dialect)
{
	struct csv_table *t = xcalloc(1, sizeof(*t));

	t->parser = (struct parser){
		.feed = table_feed, .finish = table_finish, .free = table_free
	};
	t->rows.put = on_row;
	t->dialect = dialect;
	t->sink = sink;
	t->name = xstrdup(name);
	t->record = record_new();
	buf_init(&t->head, HEAD_MAX);
	return &t->parser;
}
