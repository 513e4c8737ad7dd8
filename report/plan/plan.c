/* Reading a plan that people edited. */
#include "report/plan/plan.h"

#include <stdlib.h>
#include <string.h>

#include "base/buf.h"
#include "base/csv.h"
#include "base/err.h"
#include "base/file.h"
#include "base/hash.h"
#include "base/list.h"
#include "base/utf8.h"
#include "report/plan/former.h"

enum { FILE_MAX = 256 << 20 };

const char *const plan_titles[PLAN_COLUMNS] = {
	[PLAN_ITEM] = "item", [PLAN_STATUS] = "status",
	[PLAN_OWNER] = "owner", [PLAN_DATE] = "date",
	[PLAN_COMMENT] = "comment", [PLAN_SEVERITY] = "severity",
	[PLAN_ORDER] = "order", [PLAN_CAUSE_TITLE] = "title",
	[PLAN_OBJECT] = "object", [PLAN_ATTRIBUTE] = "attribute",
	[PLAN_OLD] = "old", [PLAN_NEW] = "new", [PLAN_DO] = "do",
	[PLAN_AUTHORITY] = "authority", [PLAN_TOOL] = "tool",
	[PLAN_OTHERS] = "others", [PLAN_RULE] = "rule",
	[PLAN_DN] = "dn", [PLAN_DOMAIN] = "domain",
	[PLAN_CHANGE] = "change", [PLAN_CAUSE] = "cause",
	[PLAN_SEEN] = "seen",
};

struct former_reading {
	struct csv_sink sink;        /* first */
	struct former_plan *plan;
	const char *path;
	size_t *columns;             /* where each of the file's belongs */
	size_t column_count;
};

static int
wrong(const struct former_reading *r, const struct csv_row *row,
      const char *what, struct err *err)
{
	return err_usage(err, "%s:%llu: %s", r->path,
	                 (unsigned long long)row->line, what);
}

static size_t
column_named(const char *title)
{
	size_t c = 0;

	while (c < PLAN_COLUMNS && ascii_casecmp(title, plan_titles[c]) != 0)
		c++;
	return c;
}

/* A column of another name is somebody's own, and is kept. */
static int
take_titles(struct former_reading *r, const struct csv_row *row,
            struct err *err)
{
	struct former_plan *p = r->plan;
	bool has[PLAN_COLUMNS + 1] = { false };

	r->columns = xcalloc(row->count, sizeof(*r->columns));
	r->column_count = row->count;
	for (size_t i = 0; i < row->count; i++) {
		const char *title = csv_unguarded(row->fields[i]);
		size_t c = column_named(title);

		if (c < PLAN_COLUMNS && has[c])
			return err_usage(err, "%s:%llu: has two columns \"%s\"",
			                 r->path, (unsigned long long)row->line,
			                 title);
		has[c] = true;
		if (c == PLAN_COLUMNS) {
			LIST_RESERVE(p->titles, p->title_room,
			             p->title_count + 1);
			c += p->title_count;
			p->titles[p->title_count++] =
				arena_strdup(&p->texts, title);
		}
		r->columns[i] = c;
	}
	if (!has[PLAN_ITEM])
		return wrong(r, row, "want a column \"item\", as "
		             "action-plan.csv has it", err);
	return 0;
}

/* "change-" or "cause-", and 32 hex digits. */
static bool
is_item(const char *text)
{
	const char *dash = strchr(text, '-');
	size_t kind = dash ? (size_t)(dash - text) : 0;

	if (!(kind == 6 && strncmp(text, "change", kind) == 0) &&
	    !(kind == 5 && strncmp(text, "cause", kind) == 0))
		return false;
	return strspn(dash + 1, "0123456789abcdef") == 32 && !dash[33];
}

static const char *const *
take_cells(struct former_reading *r, const struct csv_row *row)
{
	struct former_plan *p = r->plan;
	size_t n = PLAN_COLUMNS + p->title_count;
	const char **cells = arena_alloc(&p->texts, n * sizeof(*cells));

	for (size_t i = 0; i < n; i++)
		cells[i] = "";
	for (size_t i = 0; i < row->count && i < r->column_count; i++)
		if (*row->fields[i])
			cells[r->columns[i]] = arena_strdup(&p->texts,
				csv_unguarded(row->fields[i]));
	return cells;
}

struct former_row *
former_find(const struct former_plan *p, const char *item)
{
	size_t at = HASH_INDEX_FIRST;
	long i;

	while ((i = hash_index_next(&p->by_item, hash_text(item), &at)) >= 0)
		if (strcmp(p->rows[i].cells[PLAN_ITEM], item) == 0)
			return &p->rows[i];
	return NULL;
}

/* What has no item is work that somebody added. */
static int
check_item(struct former_reading *r, const struct csv_row *row,
           const char *item, struct err *err)
{
	const struct former_row *twin = *item ? former_find(r->plan, item)
	                                      : NULL;

	if (*item && !is_item(item))
		return err_usage(err, "%s:%llu: want an item as "
		                 "action-plan.csv has it, \"change-\" or "
		                 "\"cause-\" and 32 hex digits, have \"%s\"",
		                 r->path, (unsigned long long)row->line, item);
	if (twin)
		return err_usage(err, "%s:%llu: the item stands in line %llu, "
		                 "too; want one row for it", r->path,
		                 (unsigned long long)row->line,
		                 (unsigned long long)twin->line);
	return 0;
}

static bool
is_blank(const struct csv_row *row)
{
	for (size_t i = 0; i < row->count; i++)
		if (*row->fields[i])
			return false;
	return true;
}

/* Excel may begin with "sep=;", alone in its line. */
static bool
is_separator(const struct csv_row *row)
{
	return strncmp(row->fields[0], "sep=", 4) == 0;
}

static int
put_row(struct csv_sink *sink, const struct csv_row *row, struct err *err)
{
	struct former_reading *r = (struct former_reading *)sink;
	struct former_plan *p = r->plan;
	const char *const *cells;

	if (is_blank(row) || (!r->columns && is_separator(row)))
		return 0;
	if (!r->columns)
		return take_titles(r, row, err);
	for (size_t i = r->column_count; i < row->count; i++)
		if (*row->fields[i])
			return wrong(r, row, "has more fields than there are "
			             "columns", err);
	cells = take_cells(r, row);
	if (check_item(r, row, cells[PLAN_ITEM], err) < 0)
		return -1;
	if (*cells[PLAN_ITEM])
		hash_index_add(&p->by_item, hash_text(cells[PLAN_ITEM]),
		               p->count);
	LIST_RESERVE_BY_HALF(p->rows, p->room, p->count + 1);
	p->rows[p->count++] = (struct former_row){ cells, row->line,
	                                           FORMER_GONE };
	return 0;
}

/* ---- the file ---- */

/* By what the line with the titles has most of. */
char
former_delimiter(const char *text)
{
	static const char all[] = ",;\t|:";
	size_t n[sizeof(all)] = { 0 }, best = 0;

	if (strncmp(text, "sep=", 4) == 0 && text[4])
		return text[4];
	for (; *text && *text != '\n' && *text != '\r'; text++)
		for (size_t i = 0; all[i]; i++)
			n[i] += *text == all[i];
	for (size_t i = 0; all[i]; i++)
		if (n[i] > n[best])
			best = i;
	return all[best];
}

static int
parse(struct former_reading *r, const struct buf *text, struct err *err)
{
	static const char mark[] = "\xef\xbb\xbf";
	const char *start = buf_text(text);
	size_t skip = strncmp(start, mark, 3) == 0 ? 3 : 0;
	char delimiter = former_delimiter(start + skip);
	struct csv_reader *csv = csv_reader_new(r->path, delimiter, 1,
	                                        &r->sink);
	int rc = csv_feed(csv, start + skip, text->len - skip, err);

	if (rc == 0)
		rc = csv_finish(csv, err);
	csv_reader_free(csv);
	if (rc == 0 && !r->columns)
		rc = err_usage(err, "%s: is empty; want an action-plan.csv",
		               r->path);
	return rc;
}

static uint64_t
line_of(const char *text, size_t at)
{
	uint64_t line = 1;

	for (size_t i = 0; i < at; i++)
		line += text[i] == '\n';
	return line;
}

/* Into UTF-8, whatever a spreadsheet calls "Unicode". */
static int
decode(const char *path, struct buf *text, struct err *err)
{
	const unsigned char *p = (const unsigned char *)buf_text(text);
	struct buf out = { 0 };
	size_t bad;

	if (text->len >= 2 && ((p[0] == 0xff && p[1] == 0xfe) ||
	                       (p[0] == 0xfe && p[1] == 0xff))) {
		if (utf8_from_utf16(&out, text->data, text->len) < 0) {
			buf_release(&out);
			return err_usage(err, "%s: begins as UTF-16, and is "
			                 "not; is the file cut?", path);
		}
		buf_release(text);
		*text = out;
	}
	bad = utf8_bad(buf_text(text), text->len);
	if (bad < text->len)
		return err_usage(err, "%s:%llu: is not UTF-8; in Excel, save "
		                 "as \"CSV UTF-8\"", path,
		                 (unsigned long long)line_of(text->data, bad));
	if (strlen(buf_text(text)) < text->len)
		return err_usage(err, "%s:%llu: has a zero byte; want a CSV",
		                 path, (unsigned long long)
		                 line_of(text->data, strlen(text->data)));
	return 0;
}

struct former_plan *
plan_read(const char *path, struct err *err)
{
	struct former_reading r = { .sink = { put_row }, .path = path };
	struct buf text = { 0 };
	int rc;

	buf_init(&text, FILE_MAX);
	r.plan = xcalloc(1, sizeof(*r.plan));
	rc = file_read(path, &text, err);
	if (rc == 0 && buf_text(&text)[0] == 'P' && buf_text(&text)[1] == 'K')
		rc = err_usage(err, "%s: is a workbook; in Excel, save its "
		               "sheet as \"CSV UTF-8\"", path);
	if (rc == 0)
		rc = decode(path, &text, err);
	if (rc == 0)
		rc = parse(&r, &text, err);
	buf_release(&text);
	free(r.columns);
	if (rc < 0) {
		err->code = EXIT_USAGE;
		plan_free(r.plan);
		return NULL;
	}
	return r.plan;
}

void
plan_free(struct former_plan *p)
{
	if (!p)
		return;
	free(p->rows);
	free(p->titles);
	hash_index_release(&p->by_item);
	arena_release(&p->texts);
	free(p);
}
