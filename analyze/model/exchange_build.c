/* How AD and its own cmdlets write what an Exchange server is. */
#include "analyze/model/servers.h"

#include <stdint.h>
#include <stdio.h>
#include <string.h>
#include <strings.h>

#include "base/mem.h"
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

/* The words of Get-ExchangeServer, and of its enumeration. */
static const struct {
	const char *word;
	unsigned roles;
} words[] = {
	{ "Mailbox", EXCHANGE_MAILBOX },
	{ "ClientAccess", EXCHANGE_CLIENT_ACCESS },
	{ "Cafe", EXCHANGE_CLIENT_ACCESS_2013 },
	{ "UnifiedMessaging", EXCHANGE_UNIFIED_MESSAGING },
	{ "HubTransport", EXCHANGE_HUB_TRANSPORT },
	{ "BridgeheadServer", EXCHANGE_HUB_TRANSPORT },
	{ "Edge", EXCHANGE_EDGE },
	{ "GatewayRole", EXCHANGE_EDGE },
	{ "FrontendTransport", EXCHANGE_FRONTEND_TRANSPORT },
};

/* One word, of LEN bytes, without blanks inside. */
static unsigned
role_of(const char *word, size_t len)
{
	for (size_t i = 0; i < sizeof(words) / sizeof(words[0]); i++)
		if (strlen(words[i].word) == len &&
		    strncasecmp(words[i].word, word, len) == 0)
			return words[i].roles;
	return 0;
}

int
exchange_roles_parse(unsigned *roles, const char *text)
{
	static const char between[] = ", ;";
	uint64_t bits;

	*roles = 0;
	if (number_parse(&bits, text, INT32_MAX) == 0) {
		*roles = (unsigned)bits;
		return bits ? 0 : -1;
	}
	for (text += strspn(text, between); *text;
	     text += strspn(text, between)) {
		size_t len = strcspn(text, between);
		unsigned role = role_of(text, len);

		if (!role)
			return -1;
		*roles |= role;
		text += len;
	}
	return *roles ? 0 : -1;
}

const char *
exchange_server_guid(const struct exchange_server *s, struct arena *a)
{
	char text[GUID_TEXT];

	if (!s->has_guid)
		return NULL;
	guid_format(&s->guid, text);
	return arena_strdup(a, text);
}
