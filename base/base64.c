/* Base64, by tables. */
#include "base/base64.h"

#include <stdint.h>
#include <string.h>

#include "base/buf.h"

static const char alphabet[] = "ABCDEFGHIJKLMNOPQRSTUVWXYZ"
                               "abcdefghijklmnopqrstuvwxyz0123456789+/";

enum { BAD = 0x80 };             /* of a byte that is no digit */

/* The digits' values plus one; 0: no digit. */
static const uint8_t values[256] = {
	['A'] = 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15, 16, 17, 18,
	19, 20, 21, 22, 23, 24, 25, 26,
	['a'] = 27, 28, 29, 30, 31, 32, 33, 34, 35, 36, 37, 38, 39, 40, 41, 42,
	43, 44, 45, 46, 47, 48, 49, 50, 51, 52,
	['0'] = 53, 54, 55, 56, 57, 58, 59, 60, 61, 62,
	['+'] = 63, ['/'] = 64,
};

static void
encode_group(char *to, const unsigned char *from)
{
	uint32_t v = (uint32_t)from[0] << 16 | (uint32_t)from[1] << 8 |
	             from[2];

	to[0] = alphabet[v >> 18];
	to[1] = alphabet[v >> 12 & 63];
	to[2] = alphabet[v >> 6 & 63];
	to[3] = alphabet[v & 63];
}

void
base64_encode(struct buf *out, const unsigned char *data, size_t len)
{
	char *to = buf_extend(out, (len + 2) / 3 * 4);
	unsigned char last[3] = { 0 };

	if (!to)
		return;
	for (; len >= 3; len -= 3, data += 3, to += 4)
		encode_group(to, data);
	if (!len)
		return;
	last[0] = data[0];
	last[1] = len == 2 ? data[1] : 0;
	encode_group(to, last);
	to[3] = '=';
	if (len == 1)
		to[2] = '=';
}

/* The value of a digit; BAD's bits and more for any other byte. */
static uint32_t
digit(char c)
{
	return (uint32_t)values[(unsigned char)c] - 1;
}

/* Four digits to three bytes; what comes back has BAD set for a bad one. */
static uint32_t
decode_group(char *to, const char *from)
{
	uint32_t a = digit(from[0]), b = digit(from[1]);
	uint32_t c = digit(from[2]), d = digit(from[3]);
	uint32_t v = a << 18 | b << 12 | c << 6 | d;

	to[0] = (char)(v >> 16);
	to[1] = (char)(v >> 8);
	to[2] = (char)v;
	return a | b | c | d;
}

int
base64_decode(struct buf *out, const char *text, size_t len)
{
	size_t start = out->len, groups = len / 4, pad = 0;
	char last[4], *to;
	uint32_t seen = 0;

	if (len % 4)
		return -1;
	if (len && text[len - 1] == '=')
		pad = text[len - 2] == '=' ? 2 : 1;
	to = buf_extend(out, groups * 3);
	if (!to)
		return 0;
	for (size_t i = 0; i + (pad > 0) < groups; i++, to += 3, text += 4)
		seen |= decode_group(to, text);
	if (pad) {
		for (size_t i = 0; i < 4; i++)
			last[i] = i + pad < 4 ? text[i] : 'A';
		seen |= decode_group(to, last);
	}
	out->len = seen & BAD ? start : start + groups * 3 - pad;
	if (out->data)
		out->data[out->len] = '\0';
	return seen & BAD ? -1 : 0;
}

long
base64_bytes(unsigned char *out, size_t max, const char *text, size_t len)
{
	size_t groups = len / 4, n = groups * 3, pad = 0;
	char group[3], last[4] = { 'A', 'A', 'A', 'A' };
	uint32_t seen = 0;

	if (len % 4)
		return -1;
	if (len && text[len - 1] == '=')
		pad = text[len - 2] == '=' ? 2 : 1;
	n -= pad;
	if (n > max)
		return -1;
	for (size_t i = 0; i + (pad > 0) < groups; i++, out += 3)
		seen |= decode_group((char *)out, text + 4 * i);
	if (pad) {
		memcpy(last, text + len - 4, 4 - pad);
		seen |= decode_group(group, last);
		memcpy(out, group, 3 - pad);
	}
	return seen & BAD ? -1 : (long)n;
}
