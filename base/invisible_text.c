/* Finds characters that nobody sees, and names them. */
#include "base/invisible_text.h"

#include <stddef.h>
#include <string.h>
#include <unistr.h>

#include "base/buf.h"
#include "base/invisible.h"

enum { KINDS_MAX = 4 };          /* that a text is told of */

/* The names of those that are met in directories, in people's words. */
static const struct {
	uint32_t character;
	const char *name;
} names[] = {
	{ 0x0000, "null" }, { 0x0009, "tab" }, { 0x000A, "line feed" },
	{ 0x000D, "carriage return" }, { 0x00A0, "no-break space" },
	{ 0x00AD, "soft hyphen" }, { 0x2007, "figure space" },
	{ 0x2009, "thin space" }, { 0x200B, "zero-width space" },
	{ 0x200C, "zero-width non-joiner" }, { 0x200D, "zero-width joiner" },
	{ 0x200E, "left-to-right mark" }, { 0x200F, "right-to-left mark" },
	{ 0x202A, "left-to-right embedding" },
	{ 0x202B, "right-to-left embedding" },
	{ 0x202C, "pop directional formatting" },
	{ 0x202D, "left-to-right override" },
	{ 0x202E, "right-to-left override" },
	{ 0x202F, "narrow no-break space" }, { 0x2060, "word joiner" },
	{ 0x2066, "left-to-right isolate" },
	{ 0x2067, "right-to-left isolate" },
	{ 0x2068, "first strong isolate" },
	{ 0x2069, "pop directional isolate" }, { 0x2800, "braille blank" },
	{ 0x3000, "ideographic space" }, { 0x3164, "Hangul filler" },
	{ 0xFEFF, "byte-order mark" },
};

/* What is invisible in a text. */
struct unseen {
	uint32_t kinds[KINDS_MAX];
	size_t count;
	bool more;               /* other kinds beside those */
	bool visible;            /* something is seen */
};

static void
note(struct unseen *f, uint32_t c)
{
	for (size_t i = 0; i < f->count; i++)
		if (f->kinds[i] == c)
			return;
	if (f->count < KINDS_MAX)
		f->kinds[f->count++] = c;
	else
		f->more = true;
}

/* Bytes that are not UTF-8 count as seen. */
static struct unseen
find(const char *text)
{
	const uint8_t *p = (const uint8_t *)text;
	size_t left = strlen(text);
	struct unseen f = { .count = 0 };

	while (left > 0) {
		ucs4_t c;
		int n = u8_mbtoucr(&c, p, left);
		size_t take = n < 1 ? 1 : (size_t)n;

		if (n > 0 && invisible_is(c))
			note(&f, c);
		else if (n < 1 || c != ' ')
			f.visible = true;
		p += take;
		left -= take;
	}
	return f;
}

void
invisible_name(struct buf *out, uint32_t c)
{
	if (c == ' ') {
		buf_adds(out, "space");
		return;
	}
	buf_addf(out, "U+%04X", (unsigned)c);
	for (size_t i = 0; i < sizeof(names) / sizeof(names[0]); i++)
		if (names[i].character == c)
			buf_addf(out, " %s", names[i].name);
}

static void
put_spaces(struct buf *out, const char *verb, size_t n)
{
	if (n)
		buf_addf(out, "%s%s with %s", out->len ? ", " : "", verb,
		         n > 1 ? "spaces" : "a space");
}

bool
invisible_describe(struct buf *out, const char *text)
{
	struct unseen f = find(text);
	struct buf told = { 0 };
	size_t len = strlen(text), head = strspn(text, " "), tail = 0;
	bool any;

	while (head < len && text[len - 1 - tail] == ' ')
		tail++;
	for (size_t i = 0; i < f.count; i++) {
		if (i)
			buf_adds(&told, ", ");
		invisible_name(&told, f.kinds[i]);
	}
	if (f.more)
		buf_adds(&told, " and others");
	put_spaces(&told, "begins", head);
	put_spaces(&told, "ends", tail);
	any = told.len > 0;
	if (any)
		buf_add(out, told.data, told.len);
	buf_release(&told);
	return any;
}

bool
invisible_any(const char *text)
{
	return find(text).count > 0;
}

bool
invisible_or_space(const char *text)
{
	return strchr(text, ' ') || invisible_any(text);
}

/* Stands for a byte that is not UTF-8. */
enum { NO_CHARACTER = 0x110000 };

/* The bytes of the character at P, which C gets. */
static size_t
step(const char *p, size_t left, uint32_t *c)
{
	ucs4_t is;
	int n = u8_mbtoucr(&is, (const uint8_t *)p, left);

	*c = n < 1 ? NO_CHARACTER : is;
	return n < 1 ? 1 : (size_t)n;
}

static bool
is_seen(uint32_t c)
{
	return c == NO_CHARACTER || (c != ' ' && !invisible_is(c));
}

bool
invisible_at_edge(const char *text)
{
	size_t left = strlen(text);
	bool first = true, last = true;
	uint32_t c;

	for (const char *p = text; left > 0;) {
		size_t n = step(p, left, &c);

		last = is_seen(c);
		if (p == text)
			first = last;
		p += n;
		left -= n;
	}
	return !first || !last;
}

void
invisible_remove(struct buf *out, const char *text)
{
	size_t left = strlen(text), n;
	uint32_t c;

	for (; left > 0; text += n, left -= n) {
		n = step(text, left, &c);
		if (is_seen(c))
			buf_add(out, text, n);
	}
}

void
invisible_mark_bytes(struct buf *out, const char *text, size_t len)
{
	uint32_t c;

	for (size_t n; len > 0; text += n, len -= n) {
		n = step(text, len, &c);
		if (c == NO_CHARACTER)
			buf_addf(out, "<0x%02X>", (unsigned char)*text);
		else if (c == ' ' || is_seen(c))
			buf_add(out, text, n);
		else
			buf_addf(out, "<U+%04X>", (unsigned)c);
	}
}

void
invisible_mark(struct buf *out, const char *text)
{
	invisible_mark_bytes(out, text, strlen(text));
}

/* No sentence has it there: it is a value's. */
static bool
is_hidden_space(const char *text, const char *at)
{
	if (*at != ' ')
		return false;
	if (at == text || at[-1] == ' ' || !at[1] || at[1] == ')')
		return true;
	return strchr(",;.:", at[1]) && (!at[2] || at[2] == ' ');
}

void
invisible_mark_told(struct buf *out, const char *text)
{
	const char *from = text;

	for (const char *at = text; *at; at++) {
		if (!is_hidden_space(text, at))
			continue;
		invisible_mark_bytes(out, from, (size_t)(at - from));
		buf_adds(out, "<U+0020>");
		from = at + 1;
	}
	invisible_mark_bytes(out, from, strlen(from));
}

bool
invisible_all(const char *text)
{
	return *text && !find(text).visible;
}
