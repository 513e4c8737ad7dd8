/* Reads whole numbers. */
#include "base/number.h"

enum { DIGITS_SAFE = 19 };       /* whatever they are, 64 bits hold them */

int
number_parse(uint64_t *out, const char *text, uint64_t max)
{
	const char *p = text;
	uint64_t n = 0;

	for (; *p >= '0' && *p <= '9' && p - text < DIGITS_SAFE; p++)
		n = n * 10 + (uint64_t)(*p - '0');
	/* Leading zeros, or too much. */
	for (; *p >= '0' && *p <= '9'; p++) {
		uint64_t digit = (uint64_t)(*p - '0');

		if (n > max / 10 || digit > max - n * 10)
			return -1;
		n = n * 10 + digit;
	}
	if (p == text || *p || n > max)
		return -1;
	*out = n;
	return 0;
}
