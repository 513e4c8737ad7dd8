/* Escapes of UTF-16 code units in the texts of CLIXML. */
#include "collect/import/clixml_text.h"

#include <stdint.h>
#include <string.h>

#include "base/buf.h"

enum { ESCAPE = 7, REPLACEMENT = 0xfffd };    /* "_x000D_" */

/* The code unit that is escaped at P, or -1. */
static long
unit_at(const char *p, size_t len)
{
	long unit = 0;

	if (len < ESCAPE || p[0] != '_' || p[1] != 'x' || p[6] != '_')
		return -1;
	for (int i = 2; i < 6; i++) {
		const char *digits = "0123456789abcdef";
		const char *at = p[i] ? strchr(digits, p[i] >= 'A' &&
		                               p[i] <= 'F' ? p[i] | 32 : p[i])
		                      : NULL;

		if (!at)
			return -1;
		unit = unit * 16 + (at - digits);
	}
	return unit;
}

static size_t
put_utf8(char *to, long c)
{
	if (c < 0x80) {
		to[0] = (char)c;
		return 1;
	}
	if (c < 0x800) {
		to[0] = (char)(0xc0 | c >> 6);
		to[1] = (char)(0x80 | (c & 0x3f));
		return 2;
	}
	if (c < 0x10000) {
		to[0] = (char)(0xe0 | c >> 12);
		to[1] = (char)(0x80 | (c >> 6 & 0x3f));
		to[2] = (char)(0x80 | (c & 0x3f));
		return 3;
	}
	to[0] = (char)(0xf0 | c >> 18);
	to[1] = (char)(0x80 | (c >> 12 & 0x3f));
	to[2] = (char)(0x80 | (c >> 6 & 0x3f));
	to[3] = (char)(0x80 | (c & 0x3f));
	return 4;
}

/* The character that begins at P, and how many bytes it takes; 0: none. */
static size_t
escaped(const char *p, size_t len, long *character)
{
	long unit = unit_at(p, len), low;

	if (unit < 0)
		return 0;
	*character = unit ? unit : REPLACEMENT;
	if (unit < 0xd800 || unit > 0xdfff)
		return ESCAPE;
	*character = REPLACEMENT;
	low = unit <= 0xdbff ? unit_at(p + ESCAPE, len - ESCAPE) : -1;
	if (low < 0xdc00 || low > 0xdfff)
		return ESCAPE;
	*character = 0x10000 + ((unit & 0x3ff) << 10) + (low & 0x3ff);
	return 2 * ESCAPE;
}

/* In place: no character is longer than its escape. */
void
clixml_unescape(struct buf *text)
{
	const char *p = text->data, *end = p + text->len;
	char *to = text->data;

	if (!text->len || !memmem(p, text->len, "_x", 2))
		return;
	while (p < end) {
		long character;
		size_t taken = *p == '_'
			? escaped(p, (size_t)(end - p), &character) : 0;

		if (taken)
			to += put_utf8(to, character);
		else
			*to++ = *p;
		p += taken ? taken : 1;
	}
	*to = '\0';
	text->len = (size_t)(to - text->data);
}
