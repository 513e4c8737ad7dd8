/* Takes out of a text what has no meaning there. */
#include "base/clean_text.h"

#include <stdbool.h>
#include <stdint.h>
#include <string.h>
#include <unictype.h>
#include <unistr.h>

#include "base/buf.h"
#include "base/invisible.h"

/* A character of LEFT bytes at P, and how many it has. */
static ucs4_t
character_at(const char *p, size_t left, size_t *len)
{
	ucs4_t c;
	int n = u8_mbtoucr(&c, (const uint8_t *)p, left);

	*len = n < 1 ? 1 : (size_t)n;
	return n < 1 ? 0xFFFD : c;
}

static bool
is_blank(ucs4_t c)
{
	return c == ' ' || invisible_is(c);
}

/* Formats (Unicode's Cf) join, break or turn what stands beside them. */
static bool
is_without_width(ucs4_t c)
{
	return c >= 0x80 && uc_is_general_category_withtable(
		c, UC_CATEGORY_MASK_Cf);
}

static size_t
blanks_before(const char *text, size_t len)
{
	size_t at = 0, n;

	while (at < len && is_blank(character_at(text + at, len - at, &n)))
		at += n;
	return at;
}

void
clean_text(struct buf *out, const char *text)
{
	size_t left = strlen(text), at = blanks_before(text, left), n;
	size_t first = out->len, end = first;

	for (text += at, left -= at; left > 0; text += n, left -= n) {
		ucs4_t c = character_at(text, left, &n);

		if (is_without_width(c))
			continue;
		buf_add(out, text, n);
		if (!is_blank(c))
			end = out->len;
	}
	if (out->len > end) {
		out->len = end;
		out->data[end] = '\0';
	}
}

static bool
is_white(ucs4_t c)
{
	return uc_is_property_white_space(c);
}

void
trim_text(struct buf *out, const char *text)
{
	size_t left = strlen(text), n;
	size_t first = out->len, end = first;

	for (; left > 0; text += n, left -= n) {
		bool white = is_white(character_at(text, left, &n));

		if (white && out->len == first)
			continue;
		buf_add(out, text, n);
		if (!white)
			end = out->len;
	}
	if (out->len > end) {
		out->len = end;
		out->data[end] = '\0';
	}
}
