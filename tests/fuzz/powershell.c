/*
 * Fuzzes the quoting for PowerShell. A reader of its own takes the expression
 * apart as PowerShell does, for which U+2018 to U+201B are single quotes, too:
 * it must be one string, or strings and numbers of characters joined, and be
 * the value that was given.
 */
#include "base/powershell.h"

#include <stdbool.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include "base/buf.h"
#include "base/mem.h"
#include "base/utf8.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

/* The length of the quote that P begins with; 0: it begins with none. */
static size_t
quote_len(const char *p)
{
	if (*p == '\'')
		return 1;
	return strncmp(p, "\xe2\x80", 2) == 0 &&
	       (unsigned char)p[2] >= 0x98 && (unsigned char)p[2] <= 0x9b
		? 3 : 0;
}

/* Behind the string that P begins with. */
static const char *
take_string(struct buf *out, const char *p)
{
	if (*p++ != '\'')
		abort();
	while (*p) {
		size_t len = quote_len(p);

		if (!len) {
			buf_addc(out, *p++);
			continue;
		}
		if (!quote_len(p + len))
			return p + len;
		p += len;
		len = quote_len(p);
		buf_add(out, p, len);
		p += len;
	}
	abort();
}

static void
put_character(struct buf *out, unsigned long c)
{
	if (c < 0x80) {
		buf_addc(out, (char)c);
	} else if (c < 0x800) {
		buf_addc(out, (char)(0xc0 | c >> 6));
		buf_addc(out, (char)(0x80 | (c & 0x3f)));
	} else {
		buf_addc(out, (char)(0xe0 | c >> 12));
		buf_addc(out, (char)(0x80 | (c >> 6 & 0x3f)));
		buf_addc(out, (char)(0x80 | (c & 0x3f)));
	}
}

static const char *
take_joined(struct buf *out, const char *p)
{
	static const char cast[] = "+[char]0x";
	enum { DIGITS = 4 };

	p = take_string(out, p);
	while (strncmp(p, cast, sizeof(cast) - 1) == 0) {
		char hex[DIGITS + 1] = "";

		memcpy(hex, p + sizeof(cast) - 1, DIGITS);
		put_character(out, strtoul(hex, NULL, 16));
		p += sizeof(cast) - 1 + DIGITS;
		if (*p++ != '+')
			abort();
		p = take_string(out, p);
	}
	return p;
}

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	char *text = xstrndup((const char *)data, size);
	struct buf out = { 0 }, value = { 0 };
	const char *p;

	/* What is written is the text of a finding, which is UTF-8. */
	if (utf8_bad(text, strlen(text)) == strlen(text)) {
		powershell_quote(&out, text);
		p = out.data;
		p = *p == '(' ? take_joined(&value, p + 1)
		              : take_string(&value, p);
		if (strcmp(p, *out.data == '(' ? ")" : "") != 0 ||
		    strcmp(buf_text(&value), text) != 0 ||
		    strpbrk(out.data, "\r\n"))
			abort();
	}
	buf_release(&out);
	buf_release(&value);
	free(text);
	return 0;
}
