/* Reads a plan: IdFix's CSV, in which ACTION says what is to be done. */
#include "analyze/whatif/whatif.h"

#include <stdlib.h>
#include <string.h>

#include "analyze/object/object.h"
#include "analyze/whatif/plan_text.h"
#include "base/buf.h"
#include "base/clean_text.h"
#include "base/csv.h"
#include "base/err.h"
#include "base/file.h"
#include "base/invisible_text.h"
#include "base/list.h"
#include "base/utf8.h"
#include "base/warn.h"

enum { PLAN_ROWS_MAX = 1000000 };

enum plan_column {
	PLAN_DN, PLAN_ATTRIBUTE, PLAN_VALUE, PLAN_UPDATE, PLAN_ACTION,
	PLAN_WANTED,             /* the rest says nothing that is needed */
	PLAN_CN = PLAN_WANTED, PLAN_CLASS, PLAN_ERROR, PLAN_PROPOSED,
	PLAN_PROPOSED_SHORT,
	PLAN_COLUMNS
};

static const char *const columns[PLAN_COLUMNS] = {
	[PLAN_DN] = "DISTINGUISHEDNAME", [PLAN_ATTRIBUTE] = "ATTRIBUTE",
	[PLAN_VALUE] = "VALUE", [PLAN_UPDATE] = "UPDATE",
	[PLAN_ACTION] = "ACTION", [PLAN_CN] = "COMMONNAME",
	[PLAN_CLASS] = "OBJECTCLASS", [PLAN_ERROR] = "ERROR",
	[PLAN_PROPOSED] = "PROPOSEDACTION", [PLAN_PROPOSED_SHORT] = "PROPOSED",
};

/* What ACTION says; the first is nothing at all. */
enum plan_action {
	PLAN_NOTHING, PLAN_EDIT, PLAN_REMOVE, PLAN_COMPLETE, PLAN_UNDO,
	PLAN_FAIL, PLAN_ACTIONS
};

static const char *const actions[PLAN_ACTIONS] = {
	[PLAN_NOTHING] = "", [PLAN_EDIT] = "EDIT", [PLAN_REMOVE] = "REMOVE",
	[PLAN_COMPLETE] = "COMPLETE", [PLAN_UNDO] = "UNDO",
	[PLAN_FAIL] = "FAIL",
};

struct plan_reader {
	struct csv_sink sink;
	struct edits *e;
	bool has_head;
	size_t at[PLAN_COLUMNS];     /* from 1; 0: there is none */
	size_t fields, room;
};

/* A row at hand; texts made of its fields live in SCRATCH. */
struct csv_line {
	struct plan_reader *r;
	const struct csv_row *row;
	struct arena *scratch;
	struct err *err;
};

/* Programs that carry a plan leave blanks that nobody sees. */
static const char *
cleaned(const struct csv_line *p, const char *text)
{
	struct buf out = { 0 };
	const char *kept;

	clean_text(&out, text);
	kept = arena_strndup(p->scratch, buf_text(&out), out.len);
	buf_release(&out);
	return kept;
}

/* IdFix cuts white space off what it reads. */
static const char *
trimmed(const struct csv_line *p, const char *text)
{
	struct buf out = { 0 };
	const char *kept;

	trim_text(&out, text);
	kept = arena_strndup(p->scratch, buf_text(&out), out.len);
	buf_release(&out);
	return kept;
}

static const char *
field(const struct csv_line *p, enum plan_column c)
{
	return p->row->fields[p->r->at[c] - 1];
}

static int
wrong(const struct csv_line *p, enum plan_column c, const char *want)
{
	return err_usage(p->err, "%s:%llu: %s: want %s", p->r->e->path,
	                 (unsigned long long)p->row->line, columns[c], want);
}

/* ---- the head ---- */

/* PLAN_COLUMNS: none. */
static enum plan_column
column_of(const char *name)
{
	int c = 0;

	while (c < PLAN_COLUMNS && ascii_casecmp(columns[c], name) != 0)
		c++;
	return (enum plan_column)c;
}

static void
tell_unknown(const struct csv_line *p)
{
	for (size_t i = 0; i < p->row->count; i++) {
		const char *name = cleaned(p, p->row->fields[i]);

		if (*name && column_of(name) == PLAN_COLUMNS)
			warn("%s:%llu: the column \"%s\" is none of IdFix's; "
			     "it is passed over", p->r->e->path,
			     (unsigned long long)p->row->line, name);
	}
}

static int
take_column(const struct csv_line *p, size_t i)
{
	enum plan_column c = column_of(cleaned(p, p->row->fields[i]));

	if (c == PLAN_COLUMNS)
		return 0;
	if (p->r->at[c])
		return wrong(p, c, "the column only once");
	p->r->at[c] = i + 1;
	return 0;
}

/* What a program that read no plan took for one. */
static int
no_plan(const struct csv_line *p)
{
	const char *first = cleaned(p, p->row->fields[0]);
	bool is_json = *first == '{' || *first == '[';

	return err_usage(p->err, "%s:%llu: want the columns of IdFix, such as "
	                 "%s and %s, have none of them%s", p->r->e->path,
	                 (unsigned long long)p->row->line, columns[PLAN_DN],
	                 columns[PLAN_ACTION], is_json ? "; edits as JSON are "
	                 "for --what-if" : "");
}

static int
check_head(const struct csv_line *p)
{
	const struct plan_reader *r = p->r;
	int known = 0;

	for (int c = 0; c < PLAN_COLUMNS; c++)
		known += r->at[c] > 0;
	if (!known)
		return no_plan(p);
	for (int c = 0; c < PLAN_WANTED; c++)
		if (!r->at[c])
			return err_usage(p->err, "%s:%llu: want a column %s, "
			                 "as IdFix writes it", r->e->path,
			                 (unsigned long long)p->row->line,
			                 columns[c]);
	return 0;
}

static int
take_head(const struct csv_line *p)
{
	struct plan_reader *r = p->r;

	r->has_head = true;
	r->fields = p->row->count;
	for (size_t i = 0; i < r->fields; i++)
		if (take_column(p, i) < 0)
			return -1;
	if (check_head(p) < 0)
		return -1;
	tell_unknown(p);
	return 0;
}

/* ---- rows ---- */

static int
take_action(const struct csv_line *p, enum plan_action *out)
{
	const char *word = cleaned(p, field(p, PLAN_ACTION));
	int a = 0;

	while (a < PLAN_ACTIONS && ascii_casecmp(actions[a], word) != 0)
		a++;
	if (a == PLAN_ACTIONS)
		return err_usage(p->err, "%s:%llu: ACTION: want EDIT, REMOVE, "
		                 "COMPLETE, UNDO, FAIL or nothing, have "
		                 "\"%s\"", p->r->e->path,
		                 (unsigned long long)p->row->line, word);
	*out = (enum plan_action)a;
	return 0;
}

static int
take_target(const struct csv_line *p, struct edit *edit)
{
	struct arena *a = &p->r->e->arena;
	const char *dn = trimmed(p, field(p, PLAN_DN));

	if (!*dn)
		return wrong(p, PLAN_DN, "the distinguished name of an object");
	edit->target = arena_strdup(a, dn);
	edit->dn = strchr(dn, '=') ? edit_normal(dn, a) : NULL;
	return 0;
}

static int
take_attribute(const struct csv_line *p, struct edit *edit)
{
	const char *why, *name = cleaned(p, field(p, PLAN_ATTRIBUTE));

	edit->setting = setting_find(name, &why);
	if (edit->setting && !setting_is_text(edit->setting))
		return wrong(p, PLAN_ATTRIBUTE, "one whose values are texts");
	return edit->setting ? 0
		: err_usage(p->err, "%s:%llu: ATTRIBUTE: %s %s", p->r->e->path,
		            (unsigned long long)p->row->line, name, why);
}

/* Whether it can be set to UPDATE, which is tried. */
static int
take_update(const struct csv_line *p, struct edit *edit)
{
	const char *update = trimmed(p, field(p, PLAN_UPDATE));
	struct object o = { .side = SIDE_AD };
	struct arena scratch = { 0 };
	int rc;

	if (!*update)
		return wrong(p, PLAN_UPDATE, "the value to write; REMOVE is "
		             "the ACTION that writes none");
	edit->values = arena_alloc(&p->r->e->arena, sizeof(*edit->values));
	edit->values[0] = arena_strdup(&p->r->e->arena, update);
	edit->count = 1;
	rc = setting_set(edit->setting, &o, edit->values, 1, &scratch);
	arena_release(&scratch);
	return rc < 0 ? wrong(p, PLAN_UPDATE, setting_want(edit->setting)) : 0;
}

static int
take_values(const struct csv_line *p, enum plan_action action,
            struct edit *edit)
{
	const char *value = field(p, PLAN_VALUE);

	if (*value)
		edit->old = arena_strdup(&p->r->e->arena, value);
	if (action == PLAN_REMOVE && !*value)
		return wrong(p, PLAN_VALUE, "the value to remove");
	return action == PLAN_EDIT ? take_update(p, edit) : 0;
}

static int
add_edit(const struct csv_line *p, enum plan_action action)
{
	struct edits *e = p->r->e;
	struct edit edit = {
		.kind = EDIT_SET, .by_value = true,
		.line = (unsigned)p->row->line,
	};

	if (take_target(p, &edit) < 0 || take_attribute(p, &edit) < 0 ||
	    take_values(p, action, &edit) < 0)
		return -1;
	if (e->count == PLAN_ROWS_MAX)
		return err_usage(p->err, "%s:%llu: want at most %d rows with "
		                 "EDIT or REMOVE", e->path,
		                 (unsigned long long)p->row->line,
		                 PLAN_ROWS_MAX);
	LIST_RESERVE(e->items, p->r->room, e->count + 1);
	e->items[e->count++] = edit;
	return 0;
}

static bool
is_empty(const char *text)
{
	return !*text || invisible_all(text);
}

/* Without the empty ones that spreadsheets put behind. */
static size_t
field_count(const struct csv_line *p)
{
	size_t n = p->row->count;

	while (n > p->r->fields && is_empty(p->row->fields[n - 1]))
		n--;
	return n;
}

static int
take_row(const struct csv_line *p)
{
	struct edits *e = p->r->e;
	enum plan_action action = PLAN_NOTHING;

	if (field_count(p) != p->r->fields)
		return err_usage(p->err, "%s:%llu: want %zu fields, have %zu",
		                 e->path, (unsigned long long)p->row->line,
		                 p->r->fields, field_count(p));
	if (take_action(p, &action) < 0)
		return -1;
	if (action == PLAN_EDIT || action == PLAN_REMOVE)
		return add_edit(p, action);
	if (action == PLAN_UNDO || action == PLAN_FAIL)
		e->refused++;
	else
		e->idle++;
	return 0;
}

static bool
is_blank(const struct csv_row *row)
{
	for (size_t i = 0; i < row->count; i++)
		if (!is_empty(row->fields[i]))
			return false;
	return true;
}

static int
put(struct csv_sink *sink, const struct csv_row *row, struct err *err)
{
	struct plan_reader *r = (struct plan_reader *)sink;
	struct arena scratch = { 0 };
	const struct csv_line p = { r, row, &scratch, err };
	int rc;

	if (is_blank(row))
		return 0;
	rc = r->has_head ? take_row(&p) : take_head(&p);
	arena_release(&scratch);
	return rc;
}

/* ---- the file ---- */

static int
read_rows(struct plan_reader *r, const struct plan_text *t, struct err *err)
{
	struct csv_reader *csv = csv_reader_new(r->e->path, t->delimiter,
	                                        t->first_line, &r->sink);
	int rc = csv_feed(csv, buf_text(&t->csv), t->csv.len, err);

	if (rc == 0)
		rc = csv_finish(csv, err);
	csv_reader_free(csv);
	if (rc == 0 && !r->has_head)
		rc = err_usage(err, "%s:1: want the columns of IdFix, have "
		               "nothing", r->e->path);
	if (rc < 0)
		err->code = EXIT_USAGE;
	return rc;
}

struct edits *
edits_load_plan(const char *path, struct err *err)
{
	struct plan_reader r = { .sink = { put },
	                         .e = xcalloc(1, sizeof(*r.e)) };
	struct plan_text text = { .delimiter = ',' };
	char *base = path_base(path);
	int rc;

	r.e->is_plan = true;
	r.e->path = arena_strdup(&r.e->arena, path);
	r.e->name = arena_strdup(&r.e->arena, base);
	free(base);
	rc = plan_text_read(&text, path, err);
	digest_of(buf_text(&text.csv), text.csv.len, r.e->digest);
	if (rc == 0)
		rc = read_rows(&r, &text, err);
	if (rc == 0)
		rc = edits_check(r.e, err);
	plan_text_release(&text);
	if (rc == 0)
		return r.e;
	edits_free(r.e);
	return NULL;
}
