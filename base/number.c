/* Reads whole numbers. */
#include "base/number.h"

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
