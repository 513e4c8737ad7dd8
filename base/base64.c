/* Base64: encoding over libcrypto; decoding is in the way of every GUID. */
#include "base/base64.h"

#include <openssl/evp.h>
#include <stdlib.h>

#include "base/buf.h"
#include "base/mem.h"

void
base64_encode(struct buf *out, const unsigned char *data, size_t len)
{
	/* EVP takes an int; a multiple of three bytes has no padding. */
	const size_t step = 3 * 1024;
	unsigned char text[4 * 1024 + 1];

	while (len > 0) {
		size_t take = len < step ? len : step;
		int n = EVP_EncodeBlock(text, data, (int)take);

		buf_add(out, (char *)text, (size_t)n);
		data += take;
		len -= take;
	}
}

/* The value of a digit of the alphabet, plus one; 0: none. */
static const unsigned char digit_values[256] = {
	['A'] = 1, ['B'] = 2, ['C'] = 3, ['D'] = 4, ['E'] = 5, ['F'] = 6,
	['G'] = 7, ['H'] = 8, ['I'] = 9, ['J'] = 10, ['K'] = 11, ['L'] = 12,
	['M'] = 13, ['N'] = 14, ['O'] = 15, ['P'] = 16, ['Q'] = 17,
	['R'] = 18, ['S'] = 19, ['T'] = 20, ['U'] = 21, ['V'] = 22,
	['W'] = 23, ['X'] = 24, ['Y'] = 25, ['Z'] = 26, ['a'] = 27,
	['b'] = 28, ['c'] = 29, ['d'] = 30, ['e'] = 31, ['f'] = 32,
	['g'] = 33, ['h'] = 34, ['i'] = 35, ['j'] = 36, ['k'] = 37,
	['l'] = 38, ['m'] = 39, ['n'] = 40, ['o'] = 41, ['p'] = 42,
	['q'] = 43, ['r'] = 44, ['s'] = 45, ['t'] = 46, ['u'] = 47,
	['v'] = 48, ['w'] = 49, ['x'] = 50, ['y'] = 51, ['z'] = 52,
	['0'] = 53, ['1'] = 54, ['2'] = 55, ['3'] = 56, ['4'] = 57,
	['5'] = 58, ['6'] = 59, ['7'] = 60, ['8'] = 61, ['9'] = 62,
	['+'] = 63, ['/'] = 64,
};

/* The 24 bits of four digits; negative when one of them is none. */
static long
quantum(const char *text)
{
	const unsigned char *t = (const unsigned char *)text;
	long a = digit_values[t[0]], b = digit_values[t[1]];
	long c = digit_values[t[2]], d = digit_values[t[3]];

	if (!a || !b || !c || !d)
		return -1;
	return (a - 1) << 18 | (b - 1) << 12 | (c - 1) << 6 | (d - 1);
}

/* The last four, PAD of which are padding; -1 when they are wrong. */
static int
last_quantum(unsigned char *out, const char *text, int pad)
{
	char full[4] = { text[0], text[1], pad > 1 ? 'A' : text[2], 'A' };
	long value = quantum(full);

	if (value < 0)
		return -1;
	*out++ = (unsigned char)(value >> 16);
	if (pad == 1)
		*out = (unsigned char)(value >> 8);
	return 0;
}

long
base64_bytes(unsigned char *out, size_t max, const char *text, size_t len)
{
	size_t n = len / 4 * 3, whole = len;
	int pad = 0;

	if (len % 4)
		return -1;
	if (len && text[len - 1] == '=')
		pad = text[len - 2] == '=' ? 2 : 1;
	n -= (size_t)pad;
	if (n > max)
		return -1;
	if (pad)
		whole -= 4;
	for (size_t i = 0; i < whole; i += 4) {
		long value = quantum(text + i);

		if (value < 0)
			return -1;
		*out++ = (unsigned char)(value >> 16);
		*out++ = (unsigned char)(value >> 8);
		*out++ = (unsigned char)value;
	}
	if (pad && last_quantum(out, text + whole, pad) < 0)
		return -1;
	return (long)n;
}

int
base64_decode(struct buf *out, const char *text, size_t len)
{
	unsigned char small[512], *bytes = small;
	long n;

	if (len / 4 * 3 > sizeof(small))
		bytes = xmalloc(len / 4 * 3);
	n = base64_bytes(bytes, len / 4 * 3, text, len);
	if (n > 0)
		buf_add(out, (char *)bytes, (size_t)n);
	if (bytes != small)
		free(bytes);
	return n < 0 ? -1 : 0;
}
