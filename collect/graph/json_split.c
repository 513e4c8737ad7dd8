/*
 * Follows JSON byte by byte to see where objects begin and end; what is in them
 * is for others to parse.
 */
#include "collect/graph/json_split.h"

#include <stdbool.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>

#include "base/buf.h"
#include "base/err.h"
#include "base/json.h"
#include "base/mem.h"

/* Where the next byte belongs. */
enum place {
	AT_TOP,                  /* between values */
	LIST_VALUE,              /* in an array: an object or ] */
	LIST_AFTER,              /* in an array: a comma or ] */
	IN_OBJECT,               /* inside the object that is captured */
};

/* What the object being captured is. */
enum role {
	ROLE_OBJECT,             /* an object, or an answer not yet seen as */
	ROLE_MEMBER,             /* an object below "value" */
	ROLE_PAGE,               /* the rest of an answer */
};

/* Names whose values can be lists of objects. */
enum list_name {
	NAME_OTHER,
	NAME_VALUE,              /* MEMBER: Graph's lists, or one object */
	NAME_LIST,               /* the same as others write it, $batch */
};

struct json_split {
	char *file;
	struct split_sink *sink;
	enum place place;
	enum role role;
	bool in_array, in_page, page_is_list;
	unsigned nested;         /* arrays open in the list that is read */
	unsigned around;         /* the same around the answer */
	struct buf text;         /* the object so far */
	struct buf page;         /* the answer so far, while a member is read */
	struct split_piece at, page_at;
	uint64_t line, column;
	unsigned depth;
	bool string, escape;     /* inside a string; after its backslash */
	bool at_key;             /* the next string of depth 1 is a name */
	enum list_name name;     /* what the last name of depth 1 stands for */
	const char *member;      /* that holds an answer's objects */
	size_t name_start;
	uint64_t lists;          /* begun so far */
	bool bare;               /* the last is of objects in no list */
	size_t mark;             /* bytes of a byte-order mark so far */
};

struct json_split *
json_split_new(const char *name, struct split_sink *sink)
{
	struct json_split *s = xcalloc(1, sizeof(*s));

	s->file = xstrdup(name);
	s->sink = sink;
	s->line = s->column = 1;
	s->member = "value";
	buf_init(&s->text, SPLIT_OBJECT_MAX);
	buf_init(&s->page, SPLIT_OBJECT_MAX);
	return s;
}

void
json_split_member(struct json_split *s, const char *member)
{
	s->member = member;
}

void
json_split_free(struct json_split *s)
{
	if (!s)
		return;
	buf_release(&s->text);
	buf_release(&s->page);
	free(s->file);
	free(s);
}

static int
want(const struct json_split *s, const char *what, struct err *err)
{
	return err_input(err, "%s:%llu:%llu: want %s", s->file,
	                 (unsigned long long)s->line,
	                 (unsigned long long)s->column, what);
}

static bool
is_blank(char c)
{
	return c == ' ' || c == '\t' || c == '\n' || c == '\r';
}

static void
open_object(struct json_split *s, enum role role)
{
	s->place = IN_OBJECT;
	s->role = role;
	s->depth = 1;
	s->at_key = true;
	s->name = NAME_OTHER;
	s->string = s->escape = false;
	s->at = (struct split_piece){ .line = s->line, .column = s->column };
	buf_clear(&s->text);
	buf_addc(&s->text, '{');
}

static struct split_piece
piece(const struct split_piece *at, const struct buf *text)
{
	struct split_piece p = *at;

	p.text = buf_text(text);
	p.len = text->len;
	return p;
}

/* "value" turns out to hold objects: what was captured is an answer. */
static int
open_page(struct json_split *s, char bracket, struct err *err)
{
	struct split_piece p;
	int rc;

	s->lists++;
	s->bare = false;
	buf_adds(&s->text, "null}");
	s->page_at = s->at;
	p = piece(&s->at, &s->text);
	rc = s->sink->page_begin(s->sink, &p, err);
	buf_clear(&s->page);
	buf_add(&s->page, s->text.data, s->text.len - 1);
	s->in_page = true;
	s->around = s->nested;
	s->nested = 0;
	s->page_is_list = bracket == '[';
	if (bracket == '[')
		s->place = LIST_VALUE;
	else
		open_object(s, ROLE_MEMBER);
	return rc;
}

/* Goes on with the answer after its "value". */
static void
resume_page(struct json_split *s)
{
	buf_clear(&s->text);
	buf_add(&s->text, buf_text(&s->page), s->page.len);
	s->place = IN_OBJECT;
	s->role = ROLE_PAGE;
	s->depth = 1;
	s->at = s->page_at;
	s->at_key = false;
	s->name = NAME_OTHER;
}

static int
close_object(struct json_split *s, struct err *err)
{
	struct split_piece p = piece(&s->at, &s->text);

	if (s->role == ROLE_PAGE) {
		s->in_page = false;
		s->nested = s->around;
		s->place = s->in_array ? LIST_AFTER : AT_TOP;
		return s->sink->page_end(s->sink, &p, err);
	}
	if (s->text.full) {
		p.text = "";
		p.len = 0;
	}
	if ((s->text.full ? s->sink->too_large : s->sink->object)
	    (s->sink, &p, err) < 0)
		return -1;
	if (s->role == ROLE_MEMBER && !s->page_is_list)
		resume_page(s);
	else if (s->role == ROLE_MEMBER || s->in_array)
		s->place = LIST_AFTER;
	else
		s->place = AT_TOP;
	return 0;
}

/*
 * ConvertTo-Json of Windows PowerShell wraps a list in {"value":[...],
 * "Count":2}; hands that know PowerShell write "Value". A $batch answers with
 * {"responses":[...]} ("Combine multiple HTTP requests using JSON batching").
 */
static enum list_name
list_name(const struct json_split *s)
{
	const char *name = s->text.data + s->name_start + 1;
	size_t len = s->text.len - s->name_start - 2;

	if (len == strlen(s->member) && memcmp(name, s->member, len) == 0)
		return NAME_VALUE;
	if (strcmp(s->member, "value") == 0 &&
	    ((len == 5 && strncasecmp(name, "value", 5) == 0) ||
	     (len == 9 && memcmp(name, "responses", 9) == 0)))
		return NAME_LIST;
	return NAME_OTHER;
}

static void
in_string(struct json_split *s, char c)
{
	if (s->escape) {
		s->escape = false;
	} else if (c == '\\') {
		s->escape = true;
	} else if (c == '"') {
		s->string = false;
		if (s->depth == 1 && s->at_key)
			s->name = list_name(s);
	}
}

static int
bracket(struct json_split *s, char c, struct err *err)
{
	if (c == '{' || c == '[') {
		if (++s->depth > JSON_DEPTH)
			return want(s, "fewer than 32 levels of nesting", err);
		return 0;
	}
	return --s->depth ? 0 : close_object(s, err);
}

static int
in_object(struct json_split *s, char c, struct err *err)
{
	bool opens = c == '{' || c == '[';

	if (!s->string && opens && s->depth == 1 && !s->at_key &&
	    s->role == ROLE_OBJECT &&
	    (s->name == NAME_VALUE || (s->name == NAME_LIST && c == '[')))
		return open_page(s, c, err);
	buf_addc(&s->text, c);
	if (s->text.full && (s->role != ROLE_MEMBER || !s->sink->too_large))
		return want(s, "objects of less than 16 MiB", err);
	if (s->string) {
		in_string(s, c);
		return 0;
	}
	if (c == '"') {
		s->string = true;
		s->name_start = s->text.len - 1;
	}
	if (s->depth == 1 && (c == ',' || c == ':'))
		s->at_key = c == ',';
	if (opens || c == '}' || c == ']')
		return bracket(s, c, err);
	return 0;
}

/*
 * Whether C goes on with a byte-order mark, which stands where files were put
 * together.
 */
static bool
is_of_mark(struct json_split *s, char c)
{
	static const char mark[] = "\xEF\xBB\xBF";

	if (s->place != AT_TOP || c != mark[s->mark])
		return false;
	s->mark = (s->mark + 1) % (sizeof(mark) - 1);
	return true;
}

/* The end of an array: one inside another, the answer's or the outer one. */
static int
close_list(struct json_split *s)
{
	if (s->nested) {
		s->nested--;
		s->place = LIST_AFTER;
		return 0;
	}
	if (s->in_page) {
		resume_page(s);
		return 0;
	}
	s->in_array = false;
	s->place = AT_TOP;
	return 0;
}

static int
between(struct json_split *s, char c, struct err *err)
{
	if ((is_blank(c) && !s->mark) || is_of_mark(s, c))
		return 0;
	switch (s->place) {
	case AT_TOP:
		if (c != '{' && c != '[')
			return want(s, "{ or [", err);
		if (c == '[' || !s->bare)
			s->lists++;
		s->bare = c == '{';
		s->in_array = c == '[';
		if (c == '{')
			open_object(s, ROLE_OBJECT);
		else
			s->place = LIST_VALUE;
		return 0;
	case LIST_VALUE:
		if (c == ']')
			return close_list(s);
		if (c == '[' && s->nested < JSON_DEPTH) {
			s->nested++;
			return 0;
		}
		if (c != '{')
			return want(s, "an object or ]", err);
		open_object(s, s->in_page ? ROLE_MEMBER : ROLE_OBJECT);
		return 0;
	default:
		if (c == ']')
			return close_list(s);
		if (c != ',')
			return want(s, "a comma or ]", err);
		s->place = LIST_VALUE;
		return 0;
	}
}

/* Bytes that in_object must see: inside a string, and outside. */
static const struct {
	bool in, out;
} telling[256] = {
	['"'] = { true, true }, ['\\'] = { true, true },
	['\n'] = { true, true },
	['{'] = { .out = true }, ['}'] = { .out = true },
	['['] = { .out = true }, [']'] = { .out = true },
	[','] = { .out = true }, [':'] = { .out = true },
};

/* Bytes inside an object that only wait to be copied. */
static size_t
plain_run(const struct json_split *s, const char *data, size_t len)
{
	size_t i = 0;

	if (s->place != IN_OBJECT || s->escape)
		return 0;
	if (s->string)
		while (i < len && !telling[(unsigned char)data[i]].in)
			i++;
	else
		while (i < len && !telling[(unsigned char)data[i]].out)
			i++;
	return i;
}

int
json_split_feed(struct json_split *s, const char *data, size_t len,
                struct err *err)
{
	for (size_t i = 0; i < len; i++) {
		size_t run = plain_run(s, data + i, len - i);
		int rc;

		buf_add(&s->text, data + i, run);
		s->column += run;
		i += run;
		if (i == len)
			break;
		rc = s->place == IN_OBJECT ? in_object(s, data[i], err)
		                           : between(s, data[i], err);
		if (rc < 0)
			return -1;
		s->column++;
		if (data[i] == '\n') {
			s->line++;
			s->column = 1;
		}
	}
	return 0;
}

void
json_split_begin_at(struct json_split *s, uint64_t line, uint64_t column)
{
	s->line = line;
	s->column = column;
}

uint64_t
json_split_lists(const struct json_split *s)
{
	return s->lists;
}

int
json_split_finish(struct json_split *s, struct err *err)
{
	if (s->place == AT_TOP)
		return s->mark ? want(s, "{ or [", err) : 0;
	return want(s, s->string ? "the end of the string; is the file cut?"
	            : s->place == IN_OBJECT
	            ? "the end of the object; is the file cut?"
	            : "the end of the array; is the file cut?", err);
}
