/* Quoting for PowerShell ("about_Quoting_Rules"). */
#include "base/powershell.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include "base/buf.h"

/* Ranges of what is not seen, or moves what stands beside it. */
static const struct { uint32_t first, last; } unseen[] = {
	{ 0x00, 0x1f }, { 0x7f, 0xa0 }, { 0xad, 0xad }, { 0x61c, 0x61c },
	{ 0x180e, 0x180e }, { 0x2000, 0x200f }, { 0x2028, 0x202f },
	{ 0x205f, 0x206f }, { 0x3000, 0x3000 }, { 0xfeff, 0xfeff },
	{ 0xfff9, 0xfffb },
};

/*
 * The character that TEXT begins with, and its length: of up to three bytes, as
 * no other is written by its number. What is no UTF-8 stands for itself.
 */
static uint32_t
first_of(const char *text, size_t *len)
{
	const unsigned char *p = (const unsigned char *)text;

	*len = 1;
	if ((p[0] & 0xe0) == 0xc0 && (p[1] & 0xc0) == 0x80) {
		*len = 2;
		return (uint32_t)(p[0] & 0x1f) << 6 | (p[1] & 0x3f);
	}
	if ((p[0] & 0xf0) == 0xe0 && (p[1] & 0xc0) == 0x80 &&
	    (p[2] & 0xc0) == 0x80) {
		*len = 3;
		return (uint32_t)(p[0] & 0x0f) << 12 |
		       (uint32_t)(p[1] & 0x3f) << 6 | (p[2] & 0x3f);
	}
	return p[0] < 0x80 ? p[0] : 0xfffd;
}

static bool
is_unseen(uint32_t c)
{
	for (size_t i = 0; i < sizeof(unseen) / sizeof(unseen[0]); i++)
		if (c >= unseen[i].first && c <= unseen[i].last)
			return true;
	return false;
}

static bool
is_quote(uint32_t c)
{
	return c == '\'' || (c >= 0x2018 && c <= 0x201b);
}

static bool
has_unseen(const char *text)
{
	for (size_t len; *text; text += len)
		if (is_unseen(first_of(text, &len)))
			return true;
	return false;
}

void
powershell_quote(struct buf *out, const char *text)
{
	bool whole = !has_unseen(text);

	buf_adds(out, whole ? "'" : "('");
	for (size_t len; *text; text += len) {
		uint32_t c = first_of(text, &len);

		if (is_unseen(c)) {
			buf_addf(out, "'+[char]0x%04X+'", (unsigned)c);
			continue;
		}
		buf_add(out, text, len);
		if (is_quote(c))
			buf_add(out, text, len);
	}
	buf_adds(out, whole ? "'" : "')");
}
