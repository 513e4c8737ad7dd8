/* Lengths are counted in units of UTF-16, as Excel does, escapes in full. */
#include "report/xlsx/cell_text.h"

#include <stdbool.h>
#include <stdint.h>
#include <string.h>

#include "base/buf.h"
#include "base/utf8.h"

enum { TAIL_MOST = 64, ESCAPED = 7 };

static bool
is_odd(uint32_t c)
{
	return (c < 0x20 && c != '\t' && c != '\n') || c == 0xfffe ||
	       c == 0xffff;
}

/*
 * "_x0041_" would be read as an A, and so would "_x0041" before an escape,
 * which begins with the "_".
 */
static bool
reads_as_escape(const char *text)
{
	const char *behind = text + 6;

	if (text[0] != '_' || text[1] != 'x' ||
	    strspn(text + 2, "0123456789abcdefABCDEF") < 4)
		return false;
	return *behind == '_' || (*behind && is_odd(utf8_take(&behind)));
}

static bool
is_escaped(const char *at, uint32_t c)
{
	return is_odd(c) || reads_as_escape(at);
}

static size_t
width_of(const char *at, uint32_t c)
{
	return is_escaped(at, c) ? ESCAPED : c > 0xffff ? 2 : 1;
}

/* How many bytes fit into MOST. */
static size_t
fitting(const char *text, size_t most)
{
	const char *p = text;
	size_t used = 0;

	while (*p) {
		const char *at = p;
		uint32_t c = utf8_take(&p);

		used += width_of(at, c);
		if (used > most)
			return (size_t)(at - text);
	}
	return (size_t)(p - text);
}

static void
put_part(struct buf *out, const char *text, size_t len)
{
	const char *end = text + len;

	while (text < end) {
		const char *at = text;
		uint32_t c = utf8_take(&text);

		if (is_escaped(at, c))
			buf_addf(out, "_x%04X_", (unsigned)c);
		else
			buf_add(out, at, (size_t)(text - at));
	}
}

enum cell_cut
cell_put_text(struct buf *out, const char *text)
{
	/* Most are short and plain. */
	size_t fits = fitting(text, CELL_MOST);

	if (!text[fits]) {
		put_part(out, text, fits);
		return CELL_WHOLE;
	}
	put_part(out, text, fitting(text, CELL_MOST - TAIL_MOST));
	buf_addf(out, " ... (cut: %zu characters in all)", utf8_units(text));
	return CELL_CUT;
}
