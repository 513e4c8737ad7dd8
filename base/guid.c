/* Text and bytes of a GUID: they have its fields in different orders. */
#include "base/guid.h"

#include <string.h>

#include "base/base64.h"
#include "base/hex.h"

/* Where each byte of the text form goes: the first three fields are swapped. */
static const unsigned char order[GUID_BYTES] = {
	3, 2, 1, 0, 5, 4, 7, 6, 8, 9, 10, 11, 12, 13, 14, 15
};

int
guid_parse(struct guid *g, const char *text)
{
	size_t len = strlen(text), n = 0;

	if (len == GUID_TEXT + 1 && text[0] == '{' && text[len - 1] == '}') {
		text++;
		len -= 2;
	}
	if (len != GUID_TEXT - 1)
		return -1;
	for (size_t i = 0; i < len; i++) {
		int high, low;

		if (i == 8 || i == 13 || i == 18 || i == 23) {
			if (text[i] != '-')
				return -1;
			continue;
		}
		high = hex_digit(text[i]);
		low = hex_digit(text[++i]);
		if (high < 0 || low < 0)
			return -1;
		g->bytes[order[n++]] = (unsigned char)(high << 4 | low);
	}
	return 0;
}

int
guid_from_base64(struct guid *g, const char *text, size_t len)
{
	return len == 24 && base64_bytes(g->bytes, GUID_BYTES, text, len) ==
	       GUID_BYTES ? 0 : -1;
}

void
guid_format(const struct guid *g, char text[GUID_TEXT])
{
	static const char digits[] = "0123456789abcdef";

	for (size_t i = 0; i < GUID_BYTES; i++) {
		unsigned char byte = g->bytes[order[i]];

		if (i == 4 || i == 6 || i == 8 || i == 10)
			*text++ = '-';
		*text++ = digits[byte >> 4];
		*text++ = digits[byte & 15];
	}
	*text = '\0';
}
