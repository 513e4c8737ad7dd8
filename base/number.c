/* Reads whole numbers. */
#include "base/number.h"

int
number_parse(uint64_t *out, const char *text, uint64_t max)
{
	uint64_t n = 0;

	if (!*text)
		return -1;
	for (; *text; text++) {
		uint64_t digit = (uint64_t)(*text - '0');

		if (*text < '0' || *text > '9' || n > max / 10 ||
		    digit > max - n * 10)
			return -1;
		n = n * 10 + digit;
	}
	*out = n;
	return 0;
}
