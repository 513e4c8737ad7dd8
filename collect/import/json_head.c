/* Looks at how a JSON file begins, which may be cut anywhere. */
#include "collect/import/json_head.h"

#include <string.h>
#include <strings.h>

static size_t
blanks(const char *head, size_t len)
{
	size_t i = 0;

	while (i < len && head[i] && strchr(" \t\r\n", head[i]))
		i++;
	return i;
}

bool
json_head_is(const char *head, size_t len)
{
	size_t i = blanks(head, len);

	return i < len && (head[i] == '{' || head[i] == '[');
}

/* Behind the string that begins at I. */
static size_t
string_end(const char *head, size_t i, size_t len)
{
	for (i++; i < len && head[i] != '"'; i++)
		if (head[i] == '\\')
			i++;
	return i < len ? i + 1 : len;
}

/* Whether the string from START to END is the key. */
static bool
is_key(const char *head, size_t start, size_t end, size_t len,
       const char *key)
{
	size_t n = strlen(key), colon = end + blanks(head + end, len - end);

	return end - start == n + 2 && colon < len && head[colon] == ':' &&
	       strncasecmp(head + start + 1, key, n) == 0;
}

bool
json_head_has(const char *head, size_t len, const char *key)
{
	enum { OBJECTS_DEEP = 2 };
	long depth = 0;
	size_t i = 0;

	if (!json_head_is(head, len))
		return false;
	while (i < len) {
		size_t end = head[i] == '"' ? string_end(head, i, len) : i + 1;

		if (head[i] == '"' && depth <= OBJECTS_DEEP &&
		    is_key(head, i, end, len, key))
			return true;
		depth += head[i] == '{';
		depth -= head[i] == '}';
		i = end;
	}
	return false;
}
