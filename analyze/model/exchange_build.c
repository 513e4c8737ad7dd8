/* How AD writes the build of an Exchange server. */
#include "analyze/model/servers.h"

#include <stdint.h>
#include <stdio.h>
#include <string.h>

#include "base/number.h"

/* The number between FROM, which TEXT begins with, and the byte TO. */
static const char *
number_between(const char *text, const char *from, char to, unsigned *out)
{
	size_t len = strlen(from), digits;
	char part[8];
	uint64_t n;

	if (!text || strncmp(text, from, len) != 0)
		return NULL;
	text += len;
	digits = strcspn(text, (char[]){ to, '\0' });
	if (digits >= sizeof(part) || text[digits] != to)
		return NULL;
	snprintf(part, sizeof(part), "%.*s", (int)digits, text);
	if (number_parse(&n, part, UINT16_MAX) < 0)
		return NULL;
	*out = (unsigned)n;
	return text + digits;
}

/* 30000 is added to the third number since Exchange 2007. */
int
exchange_build_parse(struct build *b, const char *serial)
{
	enum { RAISED_BY = 30000 };
	const char *p = number_between(serial, "Version ", '.', &b->parts[0]);

	p = number_between(p, ".", ' ', &b->parts[1]);
	p = number_between(p, " (Build ", '.', &b->parts[2]);
	p = number_between(p, ".", ')', &b->parts[3]);
	if (!p || p[1])
		return -1;
	if (b->parts[2] >= RAISED_BY)
		b->parts[2] -= RAISED_BY;
	return 0;
}
