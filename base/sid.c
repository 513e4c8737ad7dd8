/* SIDs from bytes to text and back, both checked. */
#include "base/sid.h"

#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { HEAD = 8, MAX_SUB = 15 };

bool
sid_is_valid(const unsigned char *bytes, size_t len)
{
	return len >= HEAD && bytes[0] == 1 && bytes[1] <= MAX_SUB &&
	       len == HEAD + 4 * (size_t)bytes[1];
}

int
sid_format(const unsigned char *bytes, size_t len, char text[SID_TEXT])
{
	uint64_t authority = 0;
	int n;

	if (!sid_is_valid(bytes, len))
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

/* A number and the "-" or end after it; -1 when there is none. */
static int
number(const char **p, uint64_t max, uint64_t *out)
{
	char *end;

	if (**p < '0' || **p > '9')
		return -1;
	*out = strtoull(*p, &end, 10);
	if (*out > max || (*end && (*end != '-' || !end[1])))
		return -1;
	*p = *end ? end + 1 : end;
	return 0;
}

int
sid_parse(unsigned char *bytes, size_t *len, const char *text)
{
	uint64_t authority, sub;
	unsigned n = 0;

	if (strncmp(text, "S-1-", 4) != 0)
		return -1;
	text += 4;
	if (number(&text, (UINT64_C(1) << 48) - 1, &authority) < 0)
		return -1;
	for (; *text && n < MAX_SUB; n++) {
		if (number(&text, UINT32_MAX, &sub) < 0)
			return -1;
		for (int i = 0; i < 4; i++)
			bytes[HEAD + 4 * n + i] =
				(unsigned char)(sub >> 8 * i);
	}
	if (*text)
		return -1;
	bytes[0] = 1;
	bytes[1] = (unsigned char)n;
	for (int i = 0; i < 6; i++)
		bytes[2 + i] = (unsigned char)(authority >> 8 * (5 - i));
	*len = HEAD + 4 * n;
	return 0;
}
