/* Builds of programs. */
#include "base/build.h"

#include <stdint.h>
#include <stdio.h>
#include <string.h>

#include "base/number.h"

int
build_parse(struct build *b, const char *text)
{
	char part[8];

	/* A version of Windows files: four numbers of 16 bits. */
	for (int i = 0; i < 4; i++) {
		size_t len = strcspn(text, ".");
		uint64_t n;

		snprintf(part, sizeof(part), "%.*s", (int)len, text);
		if (len >= sizeof(part) || text[len] != (i < 3 ? '.' : '\0') ||
		    number_parse(&n, part, UINT16_MAX) < 0)
			return -1;
		b->parts[i] = (unsigned)n;
		text += len + 1;
	}
	return 0;
}

int
build_compare(const struct build *a, const struct build *b)
{
	for (int i = 0; i < 4; i++)
		if (a->parts[i] != b->parts[i])
			return a->parts[i] < b->parts[i] ? -1 : 1;
	return 0;
}
