/* Finds names in the first bytes of JSON, cut anywhere. */
#include "collect/import/hound_head.h"

#include <string.h>

static size_t
blanks(const char *p, size_t len)
{
	size_t i = 0;

	while (i < len && p[i] && strchr(" \t\r\n", p[i]))
		i++;
	return i;
}

/* Whether WORD in quotes begins at P; the bytes of it, or 0. */
static size_t
quoted(const char *p, size_t len, const char *word)
{
	size_t n = strlen(word);

	return len >= n + 2 && p[0] == '"' && strncmp(p + 1, word, n) == 0 &&
	       p[n + 1] == '"' ? n + 2 : 0;
}

bool
hound_head_has(const char *head, size_t len, const char *name,
               const char *value)
{
	for (size_t i = 0; i < len; i++) {
		size_t at = i + quoted(head + i, len - i, name);

		if (at == i)
			continue;
		at += blanks(head + at, len - at);
		if (at >= len || head[at] != ':')
			continue;
		if (!value)
			return true;
		at++;
		at += blanks(head + at, len - at);
		if (at + 1 + strlen(value) <= len && head[at] == '"' &&
		    strncmp(head + at + 1, value, strlen(value)) == 0)
			return true;
	}
	return false;
}

bool
hound_begins_with(const char *head, size_t len, const char *name,
                  const char *value)
{
	size_t at = blanks(head, len);

	if (at >= len || head[at] != '{')
		return false;
	at++;
	at += blanks(head + at, len - at);
	if (!quoted(head + at, len - at, "data") &&
	    !quoted(head + at, len - at, "meta"))
		return false;
	return hound_head_has(head + at, len - at, name, value);
}
