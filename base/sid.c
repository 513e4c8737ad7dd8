/* Security identifiers. */
#include "base/sid.h"

#include <stdint.h>
#include <stdio.h>

enum { HEAD = 8, MAX_SUB = 15 };

int
sid_format(const unsigned char *bytes, size_t len, char text[SID_TEXT])
{
	uint64_t authority = 0;
	int n;

	if (len < HEAD || bytes[0] != 1 || bytes[1] > MAX_SUB ||
	    len != HEAD + 4 * (size_t)bytes[1])
		return -1;
	for (size_t i = 2; i < HEAD; i++)
		authority = authority << 8 | bytes[i];
	n = sprintf(text, "S-1-%llu", (unsigned long long)authority);
	for (size_t i = 0; i < bytes[1]; i++) {
		const unsigned char *p = bytes + HEAD + 4 * i;
		uint32_t sub = (uint32_t)p[0] | (uint32_t)p[1] << 8 |
		               (uint32_t)p[2] << 16 | (uint32_t)p[3] << 24;

		n += sprintf(text + n, "-%lu", (unsigned long)sub);
	}
	return 0;
}
