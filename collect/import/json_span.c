/* Steps through valid JSON: only strings and brackets have to be seen. */
#include "collect/import/json_span.h"

#include <string.h>
#include <strings.h>

#include "base/buf.h"
#include "base/json.h"

static size_t
skip(const char *text, size_t at, size_t len, const char *set)
{
	while (at < len && text[at] && strchr(set, text[at]))
		at++;
	return at;
}

/* From the opening quote to behind the closing one. */
static size_t
string_end(const char *text, size_t at, size_t len)
{
	for (at++; at < len && text[at] != '"'; at++)
		if (text[at] == '\\')
			at++;
	return at < len ? at + 1 : len;
}

/* Behind the value that begins at AT. */
static size_t
value_end(const char *text, size_t at, size_t len)
{
	unsigned depth = 0;

	do {
		char c = text[at];

		if (c == '"') {
			at = string_end(text, at, len);
			continue;
		}
		if (c == '{' || c == '[')
			depth++;
		else if (c == '}' || c == ']')
			depth--;
		else if (!depth) {
			while (at < len && !strchr(",]} \t\r\n", text[at]))
				at++;
			return at;
		}
		at++;
	} while (depth && at < len);
	return at;
}

struct json_span
json_span_of(const char *text, size_t len)
{
	size_t at = skip(text, 0, len, " \t\r\n");

	if (at == len)
		return (struct json_span){ 0 };
	return (struct json_span){ text + at, value_end(text, at, len) - at };
}

bool
json_span_next(struct json_span parent, size_t *at, struct json_span *name,
               struct json_span *value)
{
	const char *text = parent.text;
	size_t i = skip(text, *at ? *at : 1, parent.len, ", \t\r\n");

	*name = (struct json_span){ 0 };
	if (i + 1 >= parent.len)
		return false;
	if (*text == '{') {
		*name = (struct json_span){
			text + i, string_end(text, i, parent.len) - i
		};
		i = skip(text, i + name->len, parent.len, ": \t\r\n");
	}
	*value = json_span_of(text + i, parent.len - i);
	*at = i + value->len;
	return value->len > 0;
}

struct json_span
json_span_member(struct json_span object, const char *name)
{
	struct json_span key, value;
	size_t at = 0, len = strlen(name);

	if (!object.len || *object.text != '{')
		return (struct json_span){ 0 };
	while (json_span_next(object, &at, &key, &value))
		if (key.len == len + 2 &&
		    strncasecmp(key.text + 1, name, len) == 0)
			return value;
	return (struct json_span){ 0 };
}

bool
json_span_is_null(struct json_span s)
{
	return s.len == 4 && memcmp(s.text, "null", 4) == 0;
}

void
json_span_string(struct buf *out, struct json_span string)
{
	struct json_error e;
	struct json *tree;

	if (!memchr(string.text, '\\', string.len)) {
		buf_add(out, string.text + 1, string.len - 2);
		return;
	}
	tree = json_parse(string.text, string.len, &e);
	if (json_string(tree))
		buf_adds(out, json_string(tree));
	json_free(tree);
}
