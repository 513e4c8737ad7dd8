/* Finds delimiter and columns; see csv_head.h. */
#include "collect/import/csv_head.h"

#include <ctype.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>

#include "base/buf.h"
#include "base/list.h"
#include "base/mem.h"

/* The column "Block sign in [accountEnabled]" says the contrary. */
static const char blocked[] = "blockCredential";

static bool
is_squeezed_out(char c)
{
	return !c || strchr(" \t\"\r\n", c);
}

static char *
squeezed(const char *name, size_t len)
{
	struct buf out = { 0 };

	buf_add(&out, "", 0);
	for (size_t i = 0; i < len; i++)
		if (!is_squeezed_out(name[i]))
			buf_addc(&out, name[i]);
	return buf_detach(&out);
}

char *
csv_name(const char *text, size_t len)
{
	const char *open = memchr(text, '[', len);
	size_t left = open ? len - (size_t)(open - text) : 0;
	const char *close = open ? memchr(open, ']', left) : NULL;

	if (!close || close == open + 1 || open == text)
		return squeezed(text, len);
	if (len > 5 && strncasecmp(text + (*text == '"'), "block", 5) == 0)
		return xstrdup(blocked);
	return squeezed(open + 1, (size_t)(close - open) - 1);
}

bool
csv_name_fits(const char *text, size_t len, size_t max)
{
	size_t kept = 0;

	/* What is in brackets may be all of the name. */
	if (memchr(text, '[', len))
		return true;
	for (size_t i = 0; i < len && kept <= max; i++)
		kept += !is_squeezed_out(text[i]);
	return kept <= max;
}

/* The end of the line that begins at TEXT, quotes heeded. */
static size_t
line_length(const char *text, size_t len)
{
	bool quoted = false;
	size_t i = 0;

	for (; i < len && (quoted || text[i] != '\n'); i++)
		if (text[i] == '"')
			quoted = !quoted;
	return i;
}

/* The delimiter that the header has most of. */
static char
sniff(const char *line, size_t len)
{
	static const char candidates[] = ",;\t|";
	size_t count[sizeof(candidates)] = { 0 }, best = 0;
	bool quoted = false;

	for (size_t i = 0; i < len; i++) {
		const char *at = line[i] ? strchr(candidates, line[i]) : NULL;

		if (line[i] == '"')
			quoted = !quoted;
		else if (at && !quoted)
			count[at - candidates]++;
	}
	for (size_t i = 1; i < sizeof(candidates) - 1; i++)
		if (count[i] > count[best])
			best = i;
	return candidates[best];
}

static bool
begins(const char *text, size_t len, const char *with)
{
	size_t n = strlen(with);

	return len >= n && strncasecmp(text, with, n) == 0;
}

/* Excel puts a line in quotes, and delimiters behind it. */
static void
trim(const char **text, size_t *len)
{
	while (*len && strchr(" \"\xef\xbb\xbf", **text)) {
		(*text)++;
		(*len)--;
	}
	while (*len && strchr(" \",;\t\r", (*text)[*len - 1]))
		(*len)--;
}

bool
csv_is_prologue(const char *text, size_t len)
{
	if (begins(text, len, "sep=") && len <= 5)
		return true;
	trim(&text, &len);
	return begins(text, len, "#TYPE ") || begins(text, len, "sep=") ||
	       (begins(text, len, "version:v") && len > 9 &&
	        isdigit((unsigned char)text[9]));
}

static bool
is_blank_line(const char *text, size_t len)
{
	for (size_t i = 0; i < len; i++)
		if (!strchr(" ,;\t|\"\r\xef\xbb\xbf", text[i]))
			return false;
	return true;
}

static void
take_type(struct csv_head *h, const char *line, size_t len)
{
	trim(&line, &len);
	if (!begins(line, len, "#TYPE "))
		return;
	free(h->type);
	h->type = xstrndup(line + 6, len - 6);
}

/* Steps over what comes before the header; false when nothing is behind it. */
static bool
skip_prologue(struct csv_head *h, const char *text, size_t len)
{
	size_t at = 0;

	while (at < len) {
		const char *line = text + at;
		size_t n = line_length(line, len - at);

		if (begins(line, n, "sep=") && n >= 5)
			h->delimiter = line[4];
		else if (csv_is_prologue(line, n))
			take_type(h, line, n);
		else if (!is_blank_line(line, n))
			break;
		at += n + 1;
	}
	h->start = at < len ? at : len;
	return at < len;
}

static void
take_names(struct csv_head *h, const char *text)
{
	size_t at = h->start;

	while (at < h->end) {
		bool quoted = false;
		size_t n = at;

		for (; n < h->end && (quoted || text[n] != h->delimiter); n++)
			if (text[n] == '"')
				quoted = !quoted;
		LIST_RESERVE(h->names, h->room, h->count + 1);
		h->names[h->count++] = csv_name(text + at, n - at);
		at = n + 1;
	}
}

bool
csv_head_read(struct csv_head *h, const char *text, size_t len)
{
	*h = (struct csv_head){ 0 };
	if (!skip_prologue(h, text, len))
		return false;
	if (strncmp(text + h->start, "\xef\xbb\xbf", 3) == 0)
		h->start += 3;
	h->end = h->start + line_length(text + h->start, len - h->start);
	if (!h->delimiter)
		h->delimiter = sniff(text + h->start, h->end - h->start);
	take_names(h, text);
	return h->end < len;
}

void
csv_head_release(struct csv_head *h)
{
	for (size_t i = 0; i < h->count; i++)
		free(h->names[i]);
	free(h->names);
	free(h->type);
	*h = (struct csv_head){ 0 };
}

bool
csv_head_has(const struct csv_head *h, const char *column)
{
	for (size_t i = 0; i < h->count; i++)
		if (strcasecmp(h->names[i], column) == 0)
			return true;
	return false;
}

bool
csv_head_has_any(const struct csv_head *h, const char *const *columns)
{
	for (; *columns; columns++)
		if (csv_head_has(h, *columns))
			return true;
	return false;
}

bool
csv_head_has_all(const struct csv_head *h, const char *const *columns)
{
	for (; *columns; columns++)
		if (!csv_head_has(h, *columns))
			return false;
	return true;
}
