/* Finds the objects of a JSON file, and gives each to the file's dialect. */
#include "collect/import/json_file.h"

#include <stdlib.h>
#include <string.h>
#include <strings.h>

#include "base/buf.h"
#include "base/err.h"
#include "base/json.h"
#include "base/mem.h"
#include "base/record.h"
#include "collect/import/json_span.h"
#include "collect/import/json_tell.h"

static struct json_file *
of_parser(struct parser *p)
{
	return (struct json_file *)p;
}

static struct json_file *
of_pieces(struct split_sink *s)
{
	return (struct json_file *)(void *)
		((char *)s - offsetof(struct json_file, pieces));
}

/* Where in the file a byte of the piece is. */
static struct split_piece
place(const struct split_piece *p, size_t offset)
{
	struct split_piece at = *p;

	for (size_t i = 0; i < offset && i < p->len; i++) {
		at.column = p->text[i] == '\n' ? 1 : at.column + 1;
		at.line += p->text[i] == '\n';
	}
	return at;
}

int
json_file_wrong(const struct json_file *f, const struct split_piece *p,
                size_t offset, const char *want, struct err *err)
{
	struct split_piece at = place(p, offset);

	return err_input(err, "%s:%llu:%llu: want %s", f->name,
	                 (unsigned long long)at.line,
	                 (unsigned long long)at.column, want);
}

static int
read_piece(struct json_file *f, const struct split_piece *p, struct err *err)
{
	struct json_error e;

	if (json_read_record(p->text, p->len, f->raw, &e) < 0)
		return json_file_wrong(f, p, e.offset, e.want, err);
	return 0;
}

/* {"error":{"code":"...","message":"..."}}: what Graph says instead. */
static void
put_error(struct buf *out, const char *text, size_t len)
{
	struct json_error e;
	struct json *tree = json_parse(text, len, &e);
	const struct json *inner = json_get(tree, "error");
	const char *code = json_string(json_get(inner, "code"));
	const char *says = json_string(json_get(inner, "message"));
	const char *old = json_string(json_get(tree, "error_description"));

	buf_addf(out, "%s: %.300s",
	         code ? code : json_string(inner) ? json_string(inner)
	         : "error", says ? says : old ? old : "no message");
	json_free(tree);
}

static int
refuse_error(struct json_file *f, const struct split_piece *p,
             struct err *err)
{
	struct buf text = { 0 };

	put_error(&text, p->text, p->len);
	err_input(err, "%s:%llu: is an error answer (%s), no data; collect it "
	          "again", f->name, (unsigned long long)p->line, text.data);
	buf_release(&text);
	return -1;
}

/* What stands within the object at P, from OFFSET on, is read as a file is. */
static int
read_within(struct json_file *f, const struct split_piece *p, size_t offset,
            size_t len, struct err *err)
{
	struct split_piece at = place(p, offset);
	struct json_page outer = f->page;
	struct json_split *split = json_split_new(f->name, &f->pieces);
	int rc;

	f->page.list = LIST_OBJECTS;
	f->page.objects = 0;
	json_split_begin_at(split, at.line, at.column);
	rc = json_split_feed(split, p->text + offset, len, err);
	if (rc == 0)
		rc = json_split_finish(split, err);
	json_split_free(split);
	outer.objects += f->page.objects;
	if (f->page.met != LEFT_OUT)
		outer.met = f->page.met;
	f->page = outer;
	return rc;
}

static long
whole_number(const struct record *r, const char *name)
{
	long at = record_find(r, name);
	struct value v;

	if (at < 0 || !record_values(r, (size_t)at))
		return -1;
	v = record_value(r, (size_t)at, 0);
	return v.kind == VALUE_JSON ? strtol(v.data, NULL, 10) : -1;
}

/* What a response with an error was to say nobody knows. */
static void
response_failed(struct json_file *f, const struct split_piece *p,
                struct json_span body)
{
	const char *id = record_text(f->raw, "id");
	struct buf text = { 0 };
	char *note;

	buf_addf(&text, "response %s of the $batch has the status %ld",
	         id ? id : "", whole_number(f->raw, "status"));
	if (body.len && *body.text == '{') {
		buf_adds(&text, " (");
		put_error(&text, body.text, body.len);
		buf_adds(&text, ")");
	}
	note = xasprintf("%s:%llu: %s: what it was asked for is not known; ask "
	                 "again", f->name, (unsigned long long)p->line,
	                 text.data);
	f->sink->note(f->sink, note);
	free(note);
	if (!f->failed)
		f->failed = buf_detach(&text);
	buf_release(&text);
}

/* {"id":"1","status":200,"headers":{...},"body":{...}} */
static int
take_response(struct json_file *f, const struct split_piece *p,
              struct err *err)
{
	struct json_span body = json_span_member(json_span_of(p->text, p->len),
	                                         "body");
	long status = whole_number(f->raw, "status");

	f->any = true;
	if (status < 0)
		return json_file_wrong(f, p, 0, "a \"status\" in every "
		                       "response of a $batch", err);
	if (status >= 300) {
		response_failed(f, p, body);
		return 0;
	}
	/* A photo comes as a text. */
	if (!body.len || (*body.text != '{' && *body.text != '['))
		return 0;
	return read_within(f, p, (size_t)(body.text - p->text), body.len, err);
}

/* An array of objects or arrays, or an answer that has one. */
static bool
is_list(struct json_span s)
{
	size_t first;

	if (*s.text == '{')
		return json_span_member(s, "value").len &&
		       *json_span_member(s, "value").text == '[';
	first = 1 + strspn(s.text + 1, " \t\r\n");
	return *s.text == '[' && first < s.len &&
	       (s.text[first] == '{' || s.text[first] == '[');
}

/*
 * Lists that scripts wrap by names of their own, {"users":[{...}],...}. No
 * object of a directory lacks an id and has lists of objects alone.
 */
static enum json_taken
take_lists(struct json_file *f, const struct split_piece *p, struct err *err)
{
	struct json_span object = json_span_of(p->text, p->len), name, value;
	enum json_taken taken = JSON_FOREIGN;
	size_t at = 0;

	if (record_find(f->raw, "id") >= 0)
		return taken;
	while (taken != JSON_FAILED &&
	       json_span_next(object, &at, &name, &value)) {
		if (!is_list(value))
			continue;
		taken = read_within(f, p, (size_t)(value.text - p->text),
		                    value.len, err) < 0
			? JSON_FAILED : JSON_TAKEN;
	}
	return taken;
}

/* A list that is wrapped, {"value":[...],"Count":2}, where an object stood. */
static bool
is_wrapper(const struct record *r)
{
	long at = record_find(r, "value");

	return at >= 0 && record_values(r, (size_t)at) == 1 &&
	       record_value(r, (size_t)at, 0).kind == VALUE_JSON &&
	       *record_value(r, (size_t)at, 0).data == '[';
}

static int
take_object(struct split_sink *s, const struct split_piece *p,
            struct err *err)
{
	struct json_file *f = of_pieces(s);
	enum json_taken taken;

	if (read_piece(f, p, err) < 0)
		return -1;
	if (f->page.list == LIST_RESPONSES)
		return take_response(f, p, err);
	if (record_find(f->raw, "error") >= 0 &&
	    record_find(f->raw, "id") < 0)
		return refuse_error(f, p, err);
	if (is_wrapper(f->raw))
		return read_within(f, p, 0, p->len, err);
	f->any = true;
	name_set_release(&f->lost);
	taken = f->dialect->take(f, p, err);
	if (taken == JSON_FOREIGN)
		taken = take_lists(f, p, err);
	if (taken == JSON_FOREIGN)
		return json_file_wrong(f, p, 0, f->dialect->want, err);
	return taken == JSON_FAILED ? -1 : 0;
}

/* What is said of an answer; Azure AD Graph had no "@". */
static const char *
said(const struct json_file *f, const char *now, const char *then)
{
	const char *text = record_text(f->raw, now);

	return text ? text : record_text(f->raw, then);
}

static const char *
context_of(const struct json_file *f)
{
	return said(f, "@odata.context", "odata.metadata");
}

static enum section
by_context(const struct json_file *f)
{
	const char *context = context_of(f);

	return f->dialect->context && context ? f->dialect->context(context)
	                                      : LEFT_OUT;
}

static int
begin_page(struct split_sink *s, const struct split_piece *p, struct err *err)
{
	struct json_file *f = of_pieces(s);
	bool says;

	if (read_piece(f, p, err) < 0)
		return -1;
	says = context_of(f) != NULL;
	f->page = (struct json_page){
		/* A list within an answer is of what the answer is of. */
		.expected = says ? by_context(f) : f->page.expected,
		.met = by_context(f),
		.list = record_find(f->raw, "responses") >= 0
			? LIST_RESPONSES : LIST_OBJECTS,
	};
	return 0;
}

/*
 * What an empty answer is of only its context says; deleted users are "users",
 * too, where the path was not told. Of a list that is there the last page may
 * be empty.
 */
static void
note_empty(struct json_file *f, uint64_t line, const char *context)
{
	if (f->page.met == LEFT_OUT && context)
		json_file_tell_empty(f, line, context);
	if (f->page.met == TENANT_USERS && !f->empty_users)
		f->empty_users = line;
}

static int
end_page(struct split_sink *s, const struct split_piece *p, struct err *err)
{
	struct json_file *f = of_pieces(s);
	struct page page;

	if (read_piece(f, p, err) < 0)
		return -1;
	/* @odata.context may follow "value"; it mostly stands first. */
	if (f->page.met == LEFT_OUT)
		f->page.met = by_context(f);
	page = (struct page){
		.context = context_of(f),
		.more = said(f, "@odata.nextLink", "odata.nextLink") != NULL,
		.total = whole_number(f->raw, "@odata.count"),
		.objects = f->page.objects,
	};
	/*
	 * Members, owners, what getByIds was asked for: never all there are.
	 * Azure AD Graph called all its lists so.
	 */
	if (record_text(f->raw, "@odata.context") &&
	    strstr(page.context, "#directoryObjects"))
		f->members = true;
	if (f->page.list == LIST_RESPONSES)
		page.objects = 0;
	else if (!page.objects && !page.more)
		note_empty(f, p->line, page.context);
	if (f->page.list == LIST_OBJECTS && f->page.met != LEFT_OUT) {
		json_file_asked(f, f->page.met);
		f->sink->page(f->sink, f->page.met, &page);
	}
	f->page.expected = LEFT_OUT;
	f->page.list = LIST_OBJECTS;
	return 0;
}

void
json_file_asked(struct json_file *f, enum section s)
{
	f->asked[s] = f->any = true;
	f->sink->asked(f->sink, s);
}

enum json_taken
json_file_put(struct json_file *f, enum section s, const struct record *r,
              const struct split_piece *p, struct err *err)
{
	f->page.objects++;
	f->page.met = s;
	json_keys_note(&f->keys[s], f->dialect->absence,
	               json_split_lists(f->split), r, &f->lost);
	json_file_asked(f, s);
	return f->sink->put(f->sink, s, r, p->line, err) < 0 ? JSON_FAILED
	                                                     : JSON_TAKEN;
}

static int
file_feed(struct parser *p, const char *data, size_t len, struct err *err)
{
	return json_split_feed(of_parser(p)->split, data, len, err);
}

static int
file_finish(struct parser *p, struct err *err)
{
	struct json_file *f = of_parser(p);

	if (json_split_finish(f->split, err) < 0)
		return -1;
	json_file_tell(f);
	return 0;
}

static void
file_free(struct parser *p)
{
	struct json_file *f = of_parser(p);

	for (size_t i = 0; i < SECTION_COUNT; i++)
		json_keys_release(&f->keys[i]);
	for (size_t i = 0; i < f->column_count; i++) {
		free(f->columns[i].name);
		free(f->columns[i].attribute);
	}
	free(f->columns);
	json_split_free(f->split);
	record_free(f->raw);
	record_free(f->record);
	record_free(f->part);
	name_set_release(&f->lost);
	name_set_release(&f->told);
	free(f->failed);
	free(f->name);
	free(f);
}

struct parser *
json_file_open(const char *name, struct sink *sink,
               const struct json_dialect *dialect)
{
	struct json_file *f = xcalloc(1, sizeof(*f));

	f->parser = (struct parser){
		.feed = file_feed, .finish = file_finish, .free = file_free
	};
	f->pieces = (struct split_sink){
		.object = take_object, .page_begin = begin_page,
		.page_end = end_page,
	};
	f->split = json_split_new(name, &f->pieces);
	f->sink = sink;
	f->name = xstrdup(name);
	f->dialect = dialect;
	f->raw = record_new();
	f->record = record_new();
	f->part = record_new();
	f->page.expected = f->page.met = LEFT_OUT;
	f->columns_of = LEFT_OUT;
	return &f->parser;
}
