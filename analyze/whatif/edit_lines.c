/* Lines of keys in a file of edits: the parser of JSON tells none. */
#include "analyze/whatif/edit_lines.h"

#include <ctype.h>
#include <stdbool.h>
#include <string.h>

#include "base/json_line.h"

static bool
is_key(const char *p, const char *key)
{
	size_t len = strlen(key);

	if (strncmp(p + 1, key, len) != 0 || p[len + 1] != '"')
		return false;
	p += len + 2;
	while (isspace((unsigned char)*p))
		p++;
	return *p == ':';
}

static void
mark(struct edit_lines *r, size_t at, enum edit_level level, const char *p,
     unsigned line)
{
	if (level != EDIT_LEVEL)
		return;
	r->mark = p;
	r->mark_at = at;
	r->mark_line = line;
}

unsigned
edit_line(struct edit_lines *r, size_t at, enum edit_level level,
          const char *key)
{
	bool goes_on = r->mark && level == EDIT_LEVEL;
	unsigned line = goes_on ? r->mark_line : 1, start = 0;
	size_t element = goes_on ? r->mark_at : 0;
	unsigned depth = goes_on ? EDIT_LEVEL - 1 : 0;

	for (const char *p = goes_on ? r->mark : r->text;
	     *p && element <= at; p++) {
		bool here = level == TOP_LEVEL || element == at;

		if (here && depth == EDIT_LEVEL - 1 && !start &&
		    !isspace((unsigned char)*p) && *p != ',') {
			start = line;
			mark(r, at, level, p, line);
		}
		if (here && depth == level && key && *p == '"' &&
		    is_key(p, key))
			return line;
		if (*p == '"')
			p = json_string_end(p) - 1;
		else if (*p == '{' || *p == '[')
			depth++;
		else if (*p == '}' || *p == ']')
			depth--;
		else if (*p == ',' && depth == EDIT_LEVEL - 1)
			element++;
		line += *p == '\n';
	}
	return start ? start : 1;
}
