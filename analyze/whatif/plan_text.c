/* Reads plans of all kinds of programs: see plan_text.h. */
#include "analyze/whatif/plan_text.h"

#include <stdbool.h>
#include <string.h>

#include "base/err.h"
#include "base/file.h"
#include "base/utf8.h"

enum { PLAN_FILE_MAX = 1 << 30 };

/* The sign that the head has most of: Excel's hangs on the country. */
static char
delimiter_of(const char *text)
{
	static const char signs[] = ",;\t";
	size_t most = 0, len = strcspn(text, "\r\n");
	char out = ',';

	for (const char *s = signs; *s; s++) {
		size_t n = 0;

		for (size_t i = 0; i < len; i++)
			n += text[i] == *s;
		if (n > most) {
			most = n;
			out = *s;
		}
	}
	return out;
}

/* A NUL would be taken for the end. */
static int
check_text(const char *path, const struct buf *text, struct err *err)
{
	const char *p = buf_text(text), *end = memchr(p, '\0', text->len);
	unsigned line = 1;

	if (utf8_bad(p, text->len) < text->len)
		return err_usage(err, "%s: want UTF-8, as IdFix writes it, or "
		                 "UTF-16 with a mark", path);
	if (!end)
		return 0;
	for (; p < end; p++)
		line += *p == '\n' || (*p == '\r' && p[1] != '\n');
	return err_usage(err, "%s:%u: want text, have a byte that is 0; is the "
	                 "file damaged?", path, line);
}

/* As UTF-8, without a mark. */
static int
read_text(const char *path, struct buf *out, struct err *err)
{
	struct buf raw = { .max = PLAN_FILE_MAX };
	const char *text;
	size_t skip = 0;
	int rc = file_read(path, &raw, err);

	text = buf_text(&raw);
	if (rc == 0 && utf8_from_utf16(out, text, raw.len) < 0) {
		skip = raw.len >= 3 && memcmp(text, "\xef\xbb\xbf", 3) == 0
			? 3 : 0;
		buf_add(out, text + skip, raw.len - skip);
	}
	buf_release(&raw);
	if (rc == 0)
		rc = check_text(path, out, err);
	if (rc < 0)
		err->code = EXIT_USAGE;
	return rc;
}

/* Excel's own line, which says what stands between fields. */
static const char *
skip_sep(const char *text, uint64_t *line)
{
	if (strncmp(text, "sep=", 4) != 0)
		return text;
	*line = 2;
	text += strcspn(text, "\r\n");
	text += *text == '\r' && text[1] == '\n';
	return *text ? text + 1 : text;
}

/* ---- quotes ---- */

static bool
ends_field(char c, char delimiter)
{
	return c == delimiter || c == '\r' || c == '\n' || !c;
}

/*
 * Behind the field in quotes that P begins with. One that no end of a field
 * follows is a part of it.
 */
static const char *
put_quoted(struct buf *out, const char *p, char delimiter)
{
	buf_addc(out, *p++);
	for (; *p; p++) {
		if (*p != '"') {
			buf_addc(out, *p);
			continue;
		}
		if (ends_field(p[1], delimiter))
			break;
		buf_adds(out, "\"\"");
		p += p[1] == '"';
	}
	if (*p)
		buf_addc(out, *p++);
	return p;
}

/* The same of one without: it gets some if there are any within. */
static const char *
put_plain(struct buf *out, const char *p, char delimiter)
{
	const char *end = p;
	bool quoted = false;

	for (; !ends_field(*end, delimiter); end++)
		quoted = quoted || *end == '"';
	if (!quoted) {
		buf_add(out, p, (size_t)(end - p));
		return end;
	}
	buf_addc(out, '"');
	for (; p < end; p++) {
		if (*p == '"')
			buf_addc(out, '"');
		buf_addc(out, *p);
	}
	buf_addc(out, '"');
	return end;
}

static void
put_fields(struct buf *out, const char *p, char delimiter)
{
	while (*p) {
		p = *p == '"' ? put_quoted(out, p, delimiter)
		              : put_plain(out, p, delimiter);
		if (*p)
			buf_addc(out, *p++);
	}
}

int
plan_text_read(struct plan_text *t, const char *path, struct err *err)
{
	struct buf text = { 0 };
	int rc = read_text(path, &text, err);

	*t = (struct plan_text){ .delimiter = ',', .first_line = 1 };
	if (rc == 0) {
		const char *from = skip_sep(buf_text(&text), &t->first_line);

		t->delimiter = delimiter_of(from);
		put_fields(&t->csv, from, t->delimiter);
	}
	buf_release(&text);
	return rc;
}

void
plan_text_release(struct plan_text *t)
{
	buf_release(&t->csv);
}
