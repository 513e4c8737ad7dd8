/*
 * The strict JSON scanner: checks a text against RFC 8259 and, on the way,
 * hands the members of an object to a record. This is the hot path of reading
 * snapshots, where building a tree for each line costs five times as much.
 */
#include "base/json_scan.h"

#include <stdint.h>
#include <string.h>
#include <unistr.h>

#include "base/buf.h"
#include "base/json_escape.h"
#include "base/json_line.h"
#include "base/record.h"
#include "base/utf8.h"

/* A string: where it stands, or without its escapes in PLAIN. */
struct scanned_string {
	const char *data;
	size_t len;
	struct buf plain;
};

struct json_scanner {
	const char *start, *p, *end;
	unsigned depth;
	struct json_error *error;
	struct scanned_string name, text;    /* the last ones */
};

static int value(struct json_scanner *s);

static int
want(struct json_scanner *s, const char *what)
{
	s->error->offset = (size_t)(s->p - s->start);
	s->error->want = what;
	return -1;
}

static void
blanks(struct json_scanner *s)
{
	while (s->p < s->end && (*s->p == ' ' || *s->p == '\t' ||
	                         *s->p == '\n' || *s->p == '\r'))
		s->p++;
}

static int
literal(struct json_scanner *s, const char *word)
{
	size_t len = strlen(word);

	if ((size_t)(s->end - s->p) < len || memcmp(s->p, word, len) != 0)
		return want(s, "a JSON value");
	s->p += len;
	return 0;
}

static int
digits(struct json_scanner *s)
{
	const char *from = s->p;

	while (s->p < s->end && *s->p >= '0' && *s->p <= '9')
		s->p++;
	return s->p > from ? 0 : want(s, "a digit");
}

static int
number(struct json_scanner *s)
{
	if (*s->p == '-')
		s->p++;
	if (s->p < s->end && *s->p == '0')
		s->p++;
	else if (digits(s) < 0)
		return -1;
	if (s->p < s->end && *s->p == '.' && (s->p++, digits(s) < 0))
		return -1;
	if (s->p < s->end && (*s->p == 'e' || *s->p == 'E')) {
		s->p++;
		if (s->p < s->end && (*s->p == '+' || *s->p == '-'))
			s->p++;
		if (digits(s) < 0)
			return -1;
	}
	return 0;
}

static int
escape(struct json_scanner *s, struct buf *out)
{
	uint8_t utf8[6];
	const char *what;
	ucs4_t uc;
	int n;

	if (json_escape(&s->p, s->end, &uc, &what) < 0)
		return want(s, what);
	n = u8_uctomb(utf8, uc, sizeof(utf8));
	buf_add(out, (char *)utf8, n > 0 ? (size_t)n : 0);
	return 0;
}

#define EACH UINT64_C(0x0101010101010101)
#define TOPS UINT64_C(0x8080808080808080)

/* Not zero where one of eight bytes ends a run. */
static uint64_t
ends_in(uint64_t word)
{
	uint64_t quote = word ^ EACH * '"', slash = word ^ EACH * '\\';

	return (((word - EACH * 0x20) & ~word) | ((quote - EACH) & ~quote) |
	        ((slash - EACH) & ~slash)) & TOPS;
}

/* Over what a string may have as it stands: most bytes of most texts. */
static void
run(struct json_scanner *s)
{
	uint64_t word;

	for (; s->end - s->p >= 8; s->p += 8) {
		memcpy(&word, s->p, 8);
		if (ends_in(word))
			break;
	}
	while (s->p < s->end && *s->p != '"' && *s->p != '\\' &&
	       (unsigned char)*s->p >= 0x20)
		s->p++;
}

/* Has OUT where it stands, if it ends here; else what was gone over. */
static int
string_end(struct json_scanner *s, const char *from,
           struct scanned_string *out)
{
	out->data = from;
	out->len = (size_t)(s->p - from);
	if (out->len > JSON_VALUE_MAX)
		return want(s, "a shorter string");
	if (s->p == s->end)
		return want(s, "the end of the string");
	if (*s->p != '"' && *s->p != '\\')
		return want(s, "control characters to be escaped");
	return *s->p == '"';
}

/* From the first backslash on, behind what stands before it. */
static int
escaped_string(struct json_scanner *s, struct scanned_string *out)
{
	struct buf *plain = &out->plain;
	struct scanned_string piece = *out;
	int rc = 0;

	buf_clear(plain);
	while (rc == 0) {
		const char *from;

		buf_add(plain, piece.data, piece.len);
		if (plain->full)
			return want(s, "a shorter string");
		if (escape(s, plain) < 0)
			return -1;
		from = s->p;
		run(s);
		rc = string_end(s, from, &piece);
	}
	if (rc > 0)
		buf_add(plain, piece.data, piece.len);
	if (rc > 0 && plain->full)
		return want(s, "a shorter string");
	out->data = buf_text(plain);
	out->len = plain->len;
	return rc;
}

static int
string(struct json_scanner *s, struct scanned_string *out)
{
	const char *from = ++s->p;
	int rc;

	run(s);
	rc = string_end(s, from, out);
	if (rc == 0)
		rc = escaped_string(s, out);
	if (rc < 0)
		return -1;
	s->p++;
	return 0;
}

/* After a member: 1 when another follows, 0 at CLOSE, -1 on anything else. */
static int
another(struct json_scanner *s, char close)
{
	blanks(s);
	if (s->p < s->end && *s->p == ',') {
		s->p++;
		blanks(s);
		return 1;
	}
	if (s->p < s->end && *s->p == close) {
		s->p++;
		return 0;
	}
	return want(s, close == ']' ? "a comma or ]" : "a comma or }");
}

/* Steps over an opening bracket; 1 when it is closed at once. */
static int
opened(struct json_scanner *s, char close)
{
	s->p++;
	blanks(s);
	if (s->p == s->end || *s->p != close)
		return 0;
	s->p++;
	return 1;
}

static int
key(struct json_scanner *s)
{
	if (s->p == s->end || *s->p != '"')
		return want(s, "a name in double quotes");
	if (string(s, &s->name) < 0)
		return -1;
	blanks(s);
	if (s->p == s->end || *s->p != ':')
		return want(s, "a colon");
	s->p++;
	blanks(s);
	return 0;
}

static int
compound(struct json_scanner *s, char close)
{
	int more;

	if (s->depth == JSON_DEPTH)
		return want(s, "fewer than 32 levels of nesting");
	if (opened(s, close))
		return 0;
	s->depth++;
	do {
		if ((close == '}' && key(s) < 0) || value(s) < 0)
			return -1;
		more = another(s, close);
	} while (more > 0);
	s->depth--;
	return more;
}

static int
value(struct json_scanner *s)
{
	if (s->p == s->end)
		return want(s, "a JSON value");
	switch (*s->p) {
	case '{':
		return compound(s, '}');
	case '[':
		return compound(s, ']');
	case '"':
		return string(s, &s->text);
	case 't':
		return literal(s, "true");
	case 'f':
		return literal(s, "false");
	case 'n':
		return literal(s, "null");
	default:
		if (*s->p == '-' || (*s->p >= '0' && *s->p <= '9'))
			return number(s);
		return want(s, "a JSON value");
	}
}

/* As PowerShell's > begins a file. */
static bool
has_utf16_mark(const char *text, size_t len)
{
	return len >= 2 && (memcmp(text, "\xff\xfe", 2) == 0 ||
	                    memcmp(text, "\xfe\xff", 2) == 0);
}

/* Sets up a scan over TEXT, which must be UTF-8. */
static int
begin(struct json_scanner *s, const char *text, size_t len,
      struct json_error *e)
{
	size_t bad = utf8_bad(text, len);

	*s = (struct json_scanner){
		.start = text, .p = text, .end = text + len, .error = e,
		.name = { .plain.max = JSON_VALUE_MAX },
		.text = { .plain.max = JSON_VALUE_MAX },
	};
	if (bad < len) {
		s->p = text + bad;
		return want(s, has_utf16_mark(text, len) ? "UTF-8, not UTF-16"
		                                         : "UTF-8");
	}
	blanks(s);
	return 0;
}

static int
finish(struct json_scanner *s, int rc)
{
	if (rc == 0) {
		blanks(s);
		if (s->p < s->end)
			rc = want(s, "nothing after the value");
	}
	buf_release(&s->name.plain);
	buf_release(&s->text.plain);
	return rc;
}

int
json_check(const char *text, size_t len, struct json_error *e)
{
	struct json_scanner s;
	int rc = begin(&s, text, len, e);

	return finish(&s, rc < 0 ? rc : value(&s));
}

/* Adds the valid JSON from FROM to s->p, without blanks: a line is a line. */
static int
add_json(struct json_scanner *s, struct record *r, size_t attr,
         const char *from)
{
	struct buf *plain = &s->text.plain;
	const char *p = from;

	buf_clear(plain);
	while (p < s->p) {
		const char *end = p + 1;

		if (*p == '"')
			end = json_string_end(p);
		if (!strchr(" \t\r\n", *p))
			buf_add(plain, p, (size_t)(end - p));
		p = end;
	}
	if (plain->full) {
		s->p = from;
		return want(s, "a shorter value");
	}
	record_append(r, attr, VALUE_JSON, buf_text(plain), plain->len);
	return 0;
}

/* An array: a list when it holds only strings, else one VALUE_JSON. */
static int
member_array(struct json_scanner *s, struct record *r, size_t attr)
{
	const char *from = s->p;
	int more;

	record_set_shape(r, attr, SHAPE_LIST);
	if (opened(s, ']'))
		return 0;
	s->depth++;
	do {
		if (s->p < s->end && *s->p != '"')
			goto mixed;
		if (value(s) < 0)
			return -1;
		record_append(r, attr, VALUE_TEXT, s->text.data, s->text.len);
		more = another(s, ']');
	} while (more > 0);
	s->depth--;
	return more;
mixed:
	s->depth--;
	s->p = from;
	if (value(s) < 0)
		return -1;
	record_empty(r, attr);
	return add_json(s, r, attr, from);
}

static int
member(struct json_scanner *s, struct record *r)
{
	const char *from = s->p;
	size_t attr = record_attribute(r, s->name.data, s->name.len);
	int rc;

	record_empty(r, attr);
	if (*from == '[')
		return member_array(s, r, attr);
	rc = value(s);
	if (rc == 0 && *from == '"')
		record_append(r, attr, VALUE_TEXT, s->text.data, s->text.len);
	else if (rc == 0 && *from != 'n')
		rc = add_json(s, r, attr, from);
	return rc;
}

static int
members(struct json_scanner *s, struct record *r)
{
	int more;

	if (s->p == s->end || *s->p != '{')
		return want(s, "an object");
	if (opened(s, '}'))
		return 0;
	s->depth = 1;
	do {
		if (key(s) < 0)
			return -1;
		if (record_count(r) == JSON_NAMES_MAX)
			return want(s, "fewer than 20,000 members");
		if (s->p == s->end)
			return want(s, "a JSON value");
		if (member(s, r) < 0)
			return -1;
		more = another(s, '}');
	} while (more > 0);
	return more;
}

int
json_read_record(const char *text, size_t len, struct record *r,
                 struct json_error *e)
{
	struct json_scanner s;
	int rc = begin(&s, text, len, e);

	record_clear(r);
	return finish(&s, rc < 0 ? rc : members(&s, r));
}
