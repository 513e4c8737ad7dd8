/* UTF-8, over libunistring, with a short way for plain ASCII. */
#include "base/utf8.h"

#include <stdbool.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>
#include <unicase.h>
#include <unictype.h>
#include <uninorm.h>
#include <unistr.h>

#include "base/buf.h"
#include "base/idn.h"
#include "base/mem.h"

static bool
is_ascii(const char *word)
{
	uint64_t bits;

	memcpy(&bits, word, 8);
	return !(bits & UINT64_C(0x8080808080808080));
}

/* The length of the leading run of ASCII, in steps of eight. */
static size_t
ascii_run(const char *text, size_t len)
{
	size_t i = 0;

	while (len - i >= 8 && is_ascii(text + i))
		i += 8;
	/* The last word overlaps the one before. */
	if (len >= 8 && len - i < 8 && is_ascii(text + len - 8))
		return len;
	while (i < len && !(text[i] & 0x80))
		i++;
	return i;
}

size_t
utf8_bad(const char *text, size_t len)
{
	size_t i = ascii_run(text, len);
	const uint8_t *bad;

	if (i == len)
		return len;
	bad = u8_check((const uint8_t *)text + i, len - i);
	return bad ? (size_t)((const char *)bad - text) : len;
}

bool
utf8_is_ascii(const char *text, size_t len)
{
	return ascii_run(text, len) == len;
}

/* Each character is one unit, each of four bytes is two. */
size_t
utf8_units(const char *text)
{
	size_t n = 0;

	for (; *text; text++) {
		unsigned char c = (unsigned char)*text;

		n += (size_t)((c & 0xC0) != 0x80) + (c >= 0xF0);
	}
	return n;
}

/* No unit is less than a byte. */
bool
utf8_is_longer(const char *text, size_t most)
{
	return strlen(text) > most && utf8_units(text) > most;
}

int
utf8_from_utf16(struct buf *out, const char *data, size_t len)
{
	const unsigned char *in = (const unsigned char *)data;
	size_t units = len / 2, made = 0;
	bool big = len > 1 && in[0] == 0xfe && in[1] == 0xff;
	uint16_t *text;
	uint8_t *utf8;

	if (len % 2 || !len || (!big && (in[0] != 0xff || in[1] != 0xfe)))
		return -1;
	text = xreallocarray(NULL, units, sizeof(*text));
	for (size_t i = 0; i < units; i++)
		text[i] = (uint16_t)(in[2 * i + !big] << 8 | in[2 * i + big]);
	utf8 = u16_to_u8(text + 1, units - 1, NULL, &made);
	if (utf8)
		buf_add(out, (const char *)utf8, made);
	free(text);
	free(utf8);
	return utf8 ? 0 : -1;
}

/*
 * Whether a character may stand for itself and the one before: Latin, Greek
 * and Cyrillic letters, of two bytes up to U+047F, do not, but the marks that
 * lie among them, from U+0300.
 */
static bool
may_compose(const uint8_t *text, size_t len)
{
	for (size_t i = 0; i < len; i++)
		if (text[i] == 0xCC || text[i] == 0xCD || text[i] >= 0xD2)
			return true;
	return false;
}

void
utf8_fold(struct buf *out, const char *text, size_t len)
{
	size_t folded_len = 0;
	uint8_t *folded;

	if (ascii_run(text, len) == len) {
		for (size_t i = 0; i < len; i++) {
			char c = text[i];

			buf_addc(out, c >= 'A' && c <= 'Z' ? (char)(c | 32)
			                                   : c);
		}
		return;
	}
	folded = u8_casefold((const uint8_t *)text, len, NULL, NULL, NULL,
	                     &folded_len);
	if (folded && may_compose(folded, folded_len)) {
		free(folded);
		folded = u8_casefold((const uint8_t *)text, len, NULL,
		                     UNINORM_NFC, NULL, &folded_len);
	}
	if (!folded) {
		buf_add(out, text, len);
		return;
	}
	buf_add(out, (const char *)folded, folded_len);
	free(folded);
}

void
utf8_fold_domain(struct buf *out, const char *domain)
{
	size_t len = strlen(domain);
	char *ascii = ascii_run(domain, len) == len ? NULL : idn_ascii(domain);

	utf8_fold(out, ascii ? ascii : domain, ascii ? strlen(ascii) : len);
	free(ascii);
}

void
utf8_fold_value(struct buf *out, const char *value)
{
	const char *at = strrchr(value, '@');
	size_t len = at ? (size_t)(at + 1 - value) : strlen(value);

	utf8_fold(out, value, len);
	if (at)
		utf8_fold_domain(out, at + 1);
}

char *
utf8_folded(struct arena *a, const char *text)
{
	struct buf out = { 0 };
	char *kept;

	utf8_fold(&out, text, strlen(text));
	kept = arena_strndup(a, buf_text(&out), out.len);
	buf_release(&out);
	return kept;
}

char *
utf8_domain(struct arena *a, const char *domain)
{
	struct buf out = { 0 };
	char *kept;

	utf8_fold_domain(&out, domain);
	kept = arena_strndup(a, buf_text(&out), out.len);
	buf_release(&out);
	return kept;
}

bool
utf8_is_letter(uint32_t c)
{
	return uc_is_property_alphabetic(c);
}

uint32_t
utf8_take(const char **p)
{
	ucs4_t c = (unsigned char)**p;
	int n = 1;

	if (c & 0x80)
		n = u8_strmbtouc(&c, (const uint8_t *)*p);
	*p += n > 0 ? n : 1;
	return c;
}

void
utf8_fold_alike(struct buf *out, const char *text)
{
	size_t len = strlen(text), made = 0;
	uint8_t *folded;

	if (ascii_run(text, len) == len) {
		utf8_fold(out, text, len);
		return;
	}
	folded = u8_casefold((const uint8_t *)text, len, NULL, UNINORM_NFD,
	                     NULL, &made);
	for (size_t i = 0; folded && i < made; ) {
		ucs4_t c;
		int n = u8_mbtoucr(&c, folded + i, made - i);

		if (n <= 0)
			break;
		if (!uc_is_general_category(c, UC_FORMAT))
			buf_add(out, (const char *)folded + i, (size_t)n);
		i += (size_t)n;
	}
	if (!folded)
		buf_add(out, text, len);
	free(folded);
}

int
ascii_casecmp(const char *a, const char *b)
{
	/* The program never calls setlocale: this is ASCII only. */
	return strcasecmp(a, b);
}

typedef void fold_text(struct buf *out, const char *text);

/* Where both are ASCII, no folding but that of ASCII makes them equal. */
static bool
is_same(const char *a, const char *b, fold_text *fold)
{
	struct buf x = { 0 }, y = { 0 };
	size_t m = strlen(a), n = strlen(b);
	bool same = ascii_casecmp(a, b) == 0;

	if (same || (ascii_run(a, m) == m && ascii_run(b, n) == n))
		return same;
	fold(&x, a);
	fold(&y, b);
	same = strcmp(buf_text(&x), buf_text(&y)) == 0;
	buf_release(&x);
	buf_release(&y);
	return same;
}

bool
utf8_same_folded(const char *a, const char *b)
{
	return is_same(a, b, utf8_fold_value);
}

bool
utf8_same_domain(const char *a, const char *b)
{
	return is_same(a, b, utf8_fold_domain);
}
