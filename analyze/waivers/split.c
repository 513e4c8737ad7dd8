/*
 * A file of waivers as a sequence of values, so that ">>" can add to whatever
 * there is: where each waiver stands.
 */
#include "analyze/waivers/waiver.h"

#include <string.h>

#include "base/err.h"
#include "base/json.h"
#include "base/utf8.h"

/* The way through a text. */
struct walk {
	const char *name;
	const char *at, *end;
	uint64_t line;
	struct waiver_sink *sink;
};

static void
advance(struct walk *w, size_t len)
{
	for (; len; len--)
		w->line += *w->at++ == '\n';
}

/* Skips blanks, and in an array the commas, which are in their places. */
static void
skip(struct walk *w, const char *what)
{
	while (w->at < w->end && *w->at && strchr(what, *w->at))
		advance(w, 1);
}

/* The bytes of the string, from quote to quote; all, if it has no end. */
static size_t
string_len(const char *at, const char *end)
{
	const char *p = at + 1;

	while (p < end && *p != '"')
		p += *p == '\\' && p + 1 < end ? 2 : 1;
	return (size_t)((p < end ? p + 1 : end) - at);
}

/* The bytes of the object or array; whether it is right is checked then. */
static size_t
value_len(const char *at, const char *end)
{
	const char *p = at;
	size_t depth = 0;

	do {
		if (*p == '"') {
			p += string_len(p, end);
			continue;
		}
		if (*p == '{' || *p == '[')
			depth++;
		else if (*p == '}' || *p == ']')
			depth--;
		p++;
	} while (depth && p < end);
	return (size_t)(p - at);
}

static int
refuse(const struct walk *w, const struct json_error *e, struct err *err)
{
	uint64_t line = w->line, column = 1;

	for (size_t i = 0; i < e->offset; i++) {
		column = w->at[i] == '\n' ? 1 : column + 1;
		line += w->at[i] == '\n';
	}
	return err_usage(err, "%s:%llu:%llu: want %s", w->name,
	                 (unsigned long long)line, (unsigned long long)column,
	                 e->want);
}

static int
no_waiver(const struct walk *w, struct err *err)
{
	return err_usage(err, "%s:%llu: want a waiver, an object; see "
	                 "waivers(5)", w->name, (unsigned long long)w->line);
}

/* One waiver, at which W stands. */
static int
take_one(struct walk *w, struct err *err)
{
	const struct waiver_text t = {
		.at = w->at, .len = value_len(w->at, w->end), .line = w->line,
	};

	if (w->sink->take(w->sink, &t, err) < 0)
		return -1;
	advance(w, t.len);
	return 0;
}

/* The array at which W stands, which was checked. */
static int
take_array(struct walk *w, struct err *err)
{
	static const char between[] = " \t\r\n,";

	advance(w, 1);
	skip(w, between);
	while (*w->at != ']') {
		if (*w->at != '{')
			return no_waiver(w, err);
		if (take_one(w, err) < 0)
			return -1;
		skip(w, between);
	}
	advance(w, 1);
	return 0;
}

/* {"waivers":[...]}: the first bracket is that of the array. */
static int
take_list(struct walk *w, size_t len, const struct json *tree,
          struct err *err)
{
	const char *end = w->at + len;

	if (json_count(tree) != 1 ||
	    json_kind(json_get(tree, "waivers")) != JSON_ARRAY)
		return err_usage(err, "%s:%llu: want nothing but \"waivers\", "
		                 "an array of them", w->name,
		                 (unsigned long long)w->line);
	while (*w->at != '[')
		advance(w, 1);
	if (take_array(w, err) < 0)
		return -1;
	advance(w, (size_t)(end - w->at));
	return 0;
}

/* The value at which W stands. */
static int
take_value(struct walk *w, struct err *err)
{
	size_t len = value_len(w->at, w->end);
	struct json_error e;
	struct json *tree = json_parse(w->at, len, &e);
	int rc;

	if (!tree)
		return refuse(w, &e, err);
	if (*w->at == '[')
		rc = take_array(w, err);
	else if (json_get(tree, "waivers"))
		rc = take_list(w, len, tree, err);
	else
		rc = take_one(w, err);
	json_free(tree);
	return rc;
}

/* PowerShell's > and >> write UTF-16, also behind what is UTF-8. */
static int
check_text(const char *name, const char *text, size_t len, struct err *err)
{
	const char *zero = memchr(text, '\0', len);
	size_t bad = utf8_bad(text, len);
	unsigned long long line = 1;

	if (zero && (size_t)(zero - text) < bad)
		bad = (size_t)(zero - text);
	if (bad == len)
		return 0;
	for (size_t i = 0; i < bad; i++)
		line += text[i] == '\n';
	return err_usage(err, "%s:%llu: want UTF-8, which PowerShell's > and "
	                 ">> do not write: Out-File -Append -Encoding utf8",
	                 name, line);
}

int
waivers_split(const char *name, const char *text, size_t len,
              struct waiver_sink *sink, struct err *err)
{
	static const char mark[] = "\xef\xbb\xbf", blanks[] = " \t\r\n";
	struct walk w = {
		.name = name, .at = text, .end = text + len, .line = 1,
		.sink = sink,
	};

	if (check_text(name, text, len, err) < 0)
		return -1;
	if (len >= 3 && memcmp(text, mark, 3) == 0)
		w.at += 3;
	for (skip(&w, blanks); w.at < w.end; skip(&w, blanks)) {
		if (*w.at != '{' && *w.at != '[')
			return no_waiver(&w, err);
		if (take_value(&w, err) < 0)
			return -1;
	}
	return 0;
}
