/* Octets from hexadecimal digits. */
#include "base/hex.h"

#include "base/buf.h"

int
hex_decode(struct buf *out, const char *text, size_t len)
{
	if (len % 2)
		return -1;
	for (size_t i = 0; i < len; i++)
		if (hex_digit(text[i]) < 0)
			return -1;
	for (size_t i = 0; i < len; i += 2)
		buf_addc(out, (char)(hex_digit(text[i]) << 4 |
		                     hex_digit(text[i + 1])));
	return 0;
}
