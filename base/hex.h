/* Hexadecimal digits, in capitals or not. */
#ifndef BASE_HEX_H
#define BASE_HEX_H

#include <stddef.h>

struct buf;

/* What the digit is worth, or -1; GUIDs are read digit by digit. */
static inline int
hex_digit(char c)
{
	if (c >= '0' && c <= '9')
		return c - '0';
	c |= 32;
	return c >= 'a' && c <= 'f' ? c - 'a' + 10 : -1;
}

/*
 * Appends the octets of LEN digits, two an octet. 0, or -1 with OUT as it was
 * when they are not all digits in pairs.
 */
int hex_decode(struct buf *out, const char *text, size_t len);

#endif
