/* Digits, and what stands between them for people. */
#include "base/number.h"

#include <inttypes.h>
#include <stdio.h>

enum { DIGITS_SAFE = 19 };       /* whatever they are, 64 bits hold them */

/* More than nine: it is none. */
static inline uint64_t
digit_of(char c)
{
	return (uint64_t)(unsigned char)c - '0';
}

int
number_parse(uint64_t *out, const char *text, uint64_t max)
{
	const char *p = text;
	uint64_t n = 0;

	for (int left = DIGITS_SAFE; left > 0 && digit_of(*p) <= 9; left--, p++)
		n = n * 10 + digit_of(*p);
	/* Leading zeros, or too much. */
	for (; digit_of(*p) <= 9; p++) {
		if (n > max / 10 || digit_of(*p) > max - n * 10)
			return -1;
		n = n * 10 + digit_of(*p);
	}
	if (p == text || *p || n > max)
		return -1;
	*out = n;
	return 0;
}

const char *
number_grouped(uint64_t n, char text[NUMBER_TEXT])
{
	char digits[NUMBER_TEXT];
	int len = snprintf(digits, sizeof(digits), "%" PRIu64, n);
	char *at = text;

	for (int i = 0; i < len; i++) {
		if (i && (len - i) % 3 == 0)
			*at++ = ',';
		*at++ = digits[i];
	}
	*at = '\0';
	return text;
}
