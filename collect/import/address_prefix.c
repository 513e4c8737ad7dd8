/* One table for every format; [MS-OXOABK] has no list of them. */
#include "collect/import/address_prefix.h"

#include <stddef.h>
#include <string.h>
#include <strings.h>

static const struct address_prefix prefixes[] = {
	{ "smtp:", TEXT_TIGHT }, { "sip:", TEXT_TIGHT },
	{ "x500:", TEXT_LOOSE }, { "x400:", TEXT_LOOSE },
	{ "eum:", TEXT_LOOSE }, { "notes:", TEXT_LOOSE },
	{ "spo:", TEXT_TIGHT }, { "ms:", TEXT_LOOSE },
	{ "ccmail:", TEXT_LOOSE }, { "gwise:", TEXT_LOOSE },
	{ "msmail:", TEXT_LOOSE }, { "tel:", TEXT_TIGHT },
	{ "fax:", TEXT_LOOSE }, { "invalid:", TEXT_LOOSE },
	{ "rfax:", TEXT_LOOSE }, { "im:", TEXT_LOOSE },
	{ "unity:", TEXT_LOOSE }, { "callto:", TEXT_LOOSE },
	{ "mrs:", TEXT_TIGHT }, { "exch:", TEXT_LOOSE },
};

const struct address_prefix *
address_prefix_of(const char *text)
{
	for (size_t i = 0; i < sizeof(prefixes) / sizeof(prefixes[0]); i++)
		if (strncasecmp(text, prefixes[i].word,
		                strlen(prefixes[i].word)) == 0)
			return &prefixes[i];
	return NULL;
}
