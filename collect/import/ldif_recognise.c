/* Tells LDIF by its first line that says anything. */
#include "collect/import/ldif_recognise.h"

#include <ctype.h>
#include <string.h>
#include <strings.h>

static bool
begins(const char *line, size_t len, const char *word)
{
	return len >= strlen(word) &&
	       strncasecmp(line, word, strlen(word)) == 0;
}

/* "version: 1" (RFC 2849); the portal's lists have "version:v1.0". */
static bool
is_version(const char *line, size_t len)
{
	static const char word[] = "version:";
	size_t at = strlen(word), digits = 0;

	if (!begins(line, len, word))
		return false;
	while (at < len && line[at] == ' ')
		at++;
	for (; at < len && isdigit((unsigned char)line[at]); at++)
		digits++;
	while (at < len && strchr(" \r\n", line[at]))
		at++;
	return digits && at == len;
}

/* Comments, blank lines, what goes on from those: they tell nothing. */
static bool
tells_nothing(const char *line)
{
	return *line == '#' || *line == ' ' || *line == '\n' || *line == '\r';
}

bool
ldif_recognise(const char *head, size_t len)
{
	static const char mark[] = "\xEF\xBB\xBF";

	while (len > 0) {
		const char *nl = memchr(head, '\n', len);
		size_t line = nl ? (size_t)(nl - head) + 1 : len;

		if (begins(head, len, mark)) {
			head += strlen(mark);
			len -= strlen(mark);
			continue;
		}
		/* "#TYPE" is PowerShell's first line of a CSV file. */
		if (begins(head, line, "#TYPE "))
			return false;
		if (!tells_nothing(head))
			return begins(head, line, "dn:") ||
			       begins(head, line, "search:") ||
			       begins(head, line, "ref:") ||
			       is_version(head, line);
		head += line;
		len -= line;
	}
	return false;
}
