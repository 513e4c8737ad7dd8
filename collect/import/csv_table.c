/*
 * Finds the delimiter and the columns in the header of a CSV file, makes
 * records of its rows, and tells what the export lost.
 */
#include "collect/import/csv_table.h"

#include <stdlib.h>
#include <string.h>
#include <strings.h>

#include "base/err.h"
#include "base/mem.h"
#include "base/record.h"
#include "base/utf8.h"
#include "collect/schema/schema.h"

enum { HEAD_MAX = 1 << 20 };

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

/* The name without blanks, as tables have it; the caller frees it. */
static char *
squeezed(const char *name, size_t len)
{
	struct buf out = { 0 };

	for (size_t i = 0; i < len; i++)
		if (!strchr(" \t\"\r\n", name[i]))
			buf_addc(&out, name[i]);
	return buf_detach(&out);
}

/* The end of the line that begins at TEXT, quotes heeded. */
static size_t
line_length(const char *text, size_t len)
{
	bool quoted = false;
	size_t i = 0;

	for (; i < len && (quoted || text[i] != '\n'); i++)
		if (text[i] == '"')
			quoted = !quoted;
	return i;
}

/* The delimiter that the header has most of. */
static char
sniff(const char *line, size_t len)
{
	static const char candidates[] = ",;\t|";
	size_t count[sizeof(candidates)] = { 0 }, best = 0;
	bool quoted = false;

	for (size_t i = 0; i < len; i++) {
		const char *at = line[i] ? strchr(candidates, line[i]) : NULL;

		if (line[i] == '"')
			quoted = !quoted;
		else if (at && !quoted)
			count[at - candidates]++;
	}
	for (size_t i = 1; i < sizeof(candidates) - 1; i++)
		if (count[i] > count[best])
			best = i;
	return candidates[best];
}

/* Steps over "#TYPE ..." and "sep=;"; the offset of the header line. */
static size_t
skip_prologue(const char *text, size_t len, const char **type, char *delimiter)
{
	size_t at = 0;

	for (;;) {
		size_t line = line_length(text + at, len - at);

		if (line > 6 && strncmp(text + at, "#TYPE ", 6) == 0)
			*type = text + at + 6;
		else if (line >= 5 && strncasecmp(text + at, "sep=", 4) == 0)
			*delimiter = text[at + 4];
		else
			return at;
		if (at + line >= len)
			return len;
		at += line + 1;
	}
}

bool
csv_head_has(const char *head, size_t len, const char *column)
{
	const char *type = NULL;
	char delimiter = 0;
	size_t at = skip_prologue(head, len, &type, &delimiter);
	size_t end = at + line_length(head + at, len - at);
	bool found = false;

	if (!delimiter)
		delimiter = sniff(head + at, end - at);
	while (at < end && !found) {
		const char *next = memchr(head + at, delimiter, end - at);
		size_t n = next ? (size_t)(next - head) - at : end - at;
		char *name = squeezed(head + at, n);

		found = strcasecmp(name, column) == 0;
		free(name);
		at += n + 1;
	}
	return found;
}

bool
csv_table_has(const struct csv_table *t, const char *column)
{
	for (size_t i = 0; i < t->count; i++)
		if (strcasecmp(t->columns[i].squeezed, column) == 0)
			return true;
	return false;
}

static void
set_column(struct csv_table *t, struct column *c, const char *name)
{
	const struct column_map *map = column_find(t->dialect->columns, name);
	const struct ad_attr *a = NULL;

	if (!map && t->dialect->otherwise == COLUMN_AD)
		a = ad_attr_shown(name);
	c->attribute = map ? map->attribute : a ? a->name : c->name;
	c->treat = map ? map->treat : t->dialect->otherwise;
}

/*
 * Two columns may hold one attribute: PowerShell's EmailAddress and mail, or
 * csvde's DN and distinguishedName. The attribute's own name wins, then the
 * column that comes first; the other is kept under its own name.
 */
static void
settle(struct csv_table *t, size_t at)
{
	struct column *c = &t->columns[at];

	for (size_t i = 0; i < t->count && c->attribute; i++) {
		const struct column *other = &t->columns[i];

		if (i == at || !other->attribute ||
		    strcasecmp(other->attribute, c->attribute) != 0 ||
		    !strcasecmp(c->name, c->attribute))
			continue;
		if (i > at && strcasecmp(other->name, other->attribute) != 0)
			continue;
		c->attribute = c->name;
		c->treat = COLUMN_TEXT;
		return;
	}
}

static int
take_header(struct csv_table *t, const struct csv_row *row, struct err *err)
{
	t->columns = xcalloc(row->count, sizeof(*t->columns));
	for (size_t i = 0; i < row->count; i++) {
		char *name = squeezed(row->fields[i], row->lengths[i]);
		bool twice = csv_table_has(t, name);
		int rc = 0;

		if (twice)
			rc = err_input(err, "%s:%llu: the column \"%s\" stands "
			               "twice in the header", t->name,
			               (unsigned long long)row->line, name);
		if (utf8_bad(row->fields[i], row->lengths[i]) <
		    row->lengths[i])
			rc = err_input(err, "%s:%llu: is not UTF-8; want "
			               "UTF-8, UTF-16 with a byte-order mark, "
			               "or --encoding windows-1252", t->name,
			               (unsigned long long)row->line);
		if (rc == 0) {
			t->columns[i].name = xstrdup(row->fields[i]);
			t->columns[i].squeezed = xstrdup(name);
			set_column(t, &t->columns[i], name);
			t->count++;
		}
		free(name);
		if (rc < 0)
			return -1;
	}
	t->csvde = t->count && strcmp(t->columns[0].name, "DN") == 0;
	for (size_t i = 0; i < t->count; i++)
		settle(t, i);
	return 0;
}

static int
wrong_field(const struct csv_table *t, const struct csv_row *row, size_t i,
            const char *want, struct err *err)
{
	return err_input(err, "%s:%llu: %s: want %s, have \"%.100s\"", t->name,
	                 (unsigned long long)row->line, t->columns[i].name,
	                 want, row->fields[i]);
}

static int
take_field(struct csv_table *t, const struct csv_row *row, size_t i,
           struct err *err)
{
	static const char *const wants[] = {
		[COLUMN_GUID] = "a GUID", [COLUMN_SID] = "a SID",
		[COLUMN_FLAG] = "True or False",
		[COLUMN_FLAG_INVERTED] = "True or False",
		[COLUMN_JUNK] = NULL,
	};
	struct column *c = &t->columns[i];
	const char *text = row->fields[i];

	if (utf8_bad(text, row->lengths[i]) < row->lengths[i])
		return err_input(err, "%s:%llu: %s: is not UTF-8; want UTF-8, "
		                 "UTF-16 with a byte-order mark, or --encoding "
		                 "windows-1252", t->name,
		                 (unsigned long long)row->line, c->name);
	if (strlen(text) != row->lengths[i])
		return wrong_field(t, row, i, "text without NUL", err);
	if (csv_value_is_type_name(text)) {
		c->lost = c->treat != COLUMN_JUNK;
		return 0;
	}
	if (csv_value_add(t->record, c, text, row->lengths[i]) < 0)
		return wrong_field(t, row, i, wants[c->treat] ? wants[c->treat]
		                   : "a value of its syntax", err);
	return 0;
}

static int
take_row(struct csv_table *t, const struct csv_row *row, struct err *err)
{
	const char *key = t->dialect->key;
	enum section s;

	if (row->count != t->count)
		return err_input(err, "%s:%llu: want %zu fields as in the "
		                 "header, have %zu; is the file cut or mixed?",
		                 t->name, (unsigned long long)row->line,
		                 t->count, row->count);
	record_clear(t->record);
	for (size_t i = 0; i < row->count; i++)
		if (take_field(t, row, i, err) < 0)
			return -1;
	if (key && (!record_text(t->record, key) ||
	            !*record_text(t->record, key)))
		return err_input(err, "%s:%llu: want a %s in every row",
		                 t->name, (unsigned long long)row->line, key);
	s = t->dialect->section(t);
	t->met[s] = true;
	return t->sink->put(t->sink, s, t->record, row->line, err);
}

static int
on_row(struct csv_sink *s, const struct csv_row *row, struct err *err)
{
	struct csv_table *t = of_rows(s);

	return t->columns ? take_row(t, row, err) : take_header(t, row, err);
}

/* Once the header line is whole the delimiter can be told. */
static int
start(struct csv_table *t, struct err *err)
{
	const char *text = buf_text(&t->head), *type = NULL;
	char delimiter = 0;
	size_t at = skip_prologue(text, t->head.len, &type, &delimiter);
	size_t end = line_length(text + at, t->head.len - at);

	if (type)
		t->type = xstrndup(type, strcspn(type, "\r\n"));
	for (size_t i = 0; i < at; i++)
		t->head_line += text[i] == '\n';
	if (!delimiter)
		delimiter = sniff(text + at, end);
	t->reader = csv_reader_new(t->name, delimiter, t->head_line,
	                           &t->rows);
	return csv_feed(t->reader, text + at, t->head.len - at, err);
}

/* Whether what was gathered holds a whole header line. */
static bool
has_header(const struct csv_table *t)
{
	const char *text = buf_text(&t->head), *type = NULL;
	char delimiter = 0;
	size_t at = skip_prologue(text, t->head.len, &type, &delimiter);

	return at < t->head.len &&
	       at + line_length(text + at, t->head.len - at) < t->head.len;
}

static int
table_feed(struct parser *p, const char *data, size_t len, struct err *err)
{
	struct csv_table *t = of_parser(p);

	if (t->reader)
		return csv_feed(t->reader, data, len, err);
	buf_add(&t->head, data, len);
	if (t->head.full)
		return err_input(err, "%s:1: the header is longer than %d "
		                 "bytes", t->name, HEAD_MAX);
	return has_header(t) ? start(t, err) : 0;
}

static void
note_column(struct csv_table *t, const struct column *c, const char *what)
{
	char *text = xasprintf("%s: column %s: %s", t->name, c->name, what);

	t->sink->note(t->sink, text);
	free(text);
}

/* What the export lost was not collected. */
static void
tell_lost(struct csv_table *t, const struct column *c)
{
	char *reason = xasprintf("the export wrote type names instead of the "
	                         "values of %s", c->name);
	char *advice = xasprintf("the export wrote a type name instead of the "
	                         "values, which are lost; export again with "
	                         "@{n='%s';e={$_.%s -join ';'}}", c->name,
	                         c->name);

	for (int s = 0; s < SECTION_COUNT; s++)
		if (t->met[s])
			t->sink->partial(t->sink, (enum section)s, reason);
	note_column(t, c, advice);
	free(advice);
	free(reason);
}

/* Attributes that no one asks for by hand show a full csvde export. */
static enum cover
coverage(const struct csv_table *t)
{
	static const char *const signs[] = {
		"instanceType", "objectCategory", "uSNCreated",
		"dSCorePropagationData",
	};

	for (size_t i = 0; t->csvde && i < 4; i++)
		if (csv_table_has(t, signs[i]))
			return COVER_ALL;
	return COVER_LISTED;
}

static void
tell_cover(struct csv_table *t)
{
	const char **names = xcalloc(t->count, sizeof(*names));
	enum cover cover = coverage(t);
	size_t n = 0;

	for (size_t i = 0; i < t->count; i++) {
		const struct column *c = &t->columns[i];

		if (c->lost)
			tell_lost(t, c);
		if (c->unclear)
			note_column(t, c, "day and month of its dates cannot "
			            "be told apart; they are not used");
		if (c->attribute && !c->lost && !c->unclear)
			names[n++] = c->attribute;
		if (c->lost)
			cover = COVER_LISTED;
		if (c->treat == COLUMN_DATE && !t->noted_dates) {
			t->noted_dates = true;
			note_column(t, c, "its dates are local time of the "
			            "exporting machine; they are taken as "
			            "UTC");
		}
	}
	for (int s = 0; s < SECTION_COUNT; s++) {
		if (!t->met[s])
			continue;
		t->sink->asked(t->sink, (enum section)s);
		t->sink->cover(t->sink, (enum section)s, cover, names, n);
	}
	free(names);
}

static int
table_finish(struct parser *p, struct err *err)
{
	struct csv_table *t = of_parser(p);
	bool any = false;

	if (!t->reader && start(t, err) < 0)
		return -1;
	if (csv_finish(t->reader, err) < 0)
		return -1;
	if (!t->columns)
		return err_input(err, "%s:1: want a header line", t->name);
	for (int s = 0; s < SECTION_COUNT; s++)
		any = any || t->met[s];
	if (!any)
		t->met[t->dialect->empty] = true;
	tell_cover(t);
	return 0;
}

static void
table_free(struct parser *p)
{
	struct csv_table *t = of_parser(p);

	for (size_t i = 0; i < t->count; i++) {
		free(t->columns[i].name);
		free(t->columns[i].squeezed);
	}
	free(t->columns);
	csv_reader_free(t->reader);
	record_free(t->record);
	buf_release(&t->head);
	free(t->type);
	free(t->name);
	free(t);
}

struct parser *
csv_table_open(const char *name, struct sink *sink,
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
	t->head_line = 1;
	t->record = record_new();
	buf_init(&t->head, HEAD_MAX);
	return &t->parser;
}
