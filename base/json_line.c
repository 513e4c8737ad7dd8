/* Goes through a JSON text that was read, to the line of a value. */
#include "base/json_line.h"

#include <stdbool.h>
#include <string.h>

static const char *
skip_blank(const char *p)
{
	return p + strspn(p, " \t\r\n");
}

const char *
json_string_end(const char *p)
{
	for (p++; *p && *p != '"'; p++)
		if (*p == '\\' && p[1])
			p++;
	return *p ? p + 1 : p;
}

/* Behind the value that begins at P. */
static const char *
value_end(const char *p)
{
	size_t open = 0;

	do {
		if (*p == '"') {
			p = json_string_end(p);
			continue;
		}
		open += *p == '{' || *p == '[';
		open -= open && (*p == '}' || *p == ']');
		p++;
	} while (*p && (open || !strchr(",}] \t\r\n", *p)));
	return p;
}

/* Whether the key that begins at P, with its quote, is KEY. */
static bool
is_key(const char *p, const char *key)
{
	size_t len = strlen(key);

	return strncmp(p + 1, key, len) == 0 && p[len + 1] == '"';
}

/*
 * Where the member of the object or array at P begins, with its key; *VALUE is
 * its value. NULL: none is there.
 */
static const char *
member(const char *p, const struct json_step *step, const char **value)
{
	size_t n = 0;

	if (*p != '{' && *p != '[')
		return NULL;
	for (p = skip_blank(p + 1); *p && *p != '}' && *p != ']'; n++) {
		const char *at = p;

		if (step->key)
			p = skip_blank(skip_blank(json_string_end(p)) + 1);
		*value = p;
		if (step->key ? is_key(at, step->key) : n == step->at)
			return at;
		p = skip_blank(value_end(p));
		p = skip_blank(p + (*p == ','));
	}
	return NULL;
}

unsigned
json_line(const char *text, const struct json_step *steps, size_t depth)
{
	const char *p = skip_blank(text), *at = p, *found;
	unsigned line = 1;

	for (size_t i = 0; i < depth && (found = member(p, &steps[i], &p)); i++)
		at = found;
	for (; text < at; text++)
		line += *text == '\n';
	return line;
}
