/* Octets as text: PowerShell, csvde, Excel and LDAP tools each have a form. */
#include "collect/import/value_octets.h"

#include <stdbool.h>
#include <string.h>

#include "base/buf.h"
#include "base/hex.h"

/* \11\7c: every octet is escaped, or it is no such text. */
static bool
escaped_run(struct buf *out, const char *text, size_t len)
{
	if (!len || len % 3)
		return false;
	for (size_t i = 0; i < len; i += 3)
		if (text[i] != '\\' ||
		    hex_decode(out, text + i + 1, 2) < 0) {
			buf_clear(out);
			return false;
		}
	return true;
}

enum octets_base { BASE_DECIMAL, BASE_HEX };

/* What the parts of a list may still be. */
struct list {
	bool decimal, hex, cut;
	size_t count;
};

static bool
is_separator(char c)
{
	return c && strchr(" ,;\t\r\n:|-", c);
}

/* Decimal 0 to 255, or -1. */
static int
decimal(const char *part, size_t len)
{
	int value = 0;

	if (!len || len > 3)
		return -1;
	for (size_t i = 0; i < len; i++) {
		if (part[i] < '0' || part[i] > '9')
			return -1;
		value = value * 10 + (part[i] - '0');
	}
	return value > 255 ? -1 : value;
}

static int
hex_pair(const char *part, size_t len)
{
	if (len == 4 && part[0] == '0' && (part[1] | 32) == 'x') {
		part += 2;
		len = 2;
	}
	if (len != 2 || hex_digit(part[0]) < 0 || hex_digit(part[1]) < 0)
		return -1;
	return hex_digit(part[0]) << 4 | hex_digit(part[1]);
}

/* The length of the part at TEXT, without the dots of a list that was cut. */
static size_t
part_length(const char *text, size_t len, bool *cut)
{
	static const char ellipsis[] = "\xe2\x80\xa6";
	size_t n = 0;

	while (n < len && !is_separator(text[n]))
		n++;
	if (n >= 3 && (memcmp(text + n - 3, "...", 3) == 0 ||
	               memcmp(text + n - 3, ellipsis, 3) == 0)) {
		*cut = true;
		return n - 3;
	}
	return n;
}

/* Goes through the parts; with OUT, they are octets in the base that fits. */
static struct list
list_of(const char *text, size_t len, struct buf *out,
        enum octets_base base)
{
	struct list l = { .decimal = true, .hex = true };
	size_t i = 0;

	while (i < len && !l.cut) {
		size_t n;
		int dec, hex;

		while (i < len && is_separator(text[i]))
			i++;
		n = part_length(text + i, len - i, &l.cut);
		if (!n)
			break;
		dec = decimal(text + i, n);
		hex = hex_pair(text + i, n);
		/* The last of what was cut may have been cut itself. */
		if (!l.cut) {
			l.decimal = l.decimal && dec >= 0;
			l.hex = l.hex && hex >= 0;
		}
		if (out)
			buf_addc(out, (char)(base == BASE_HEX ? hex
			                                    : dec));
		l.count++;
		i += n;
	}
	return l;
}

static enum octets_form
parse_list(struct buf *out, const char *text, size_t len)
{
	struct list l;

	if (len >= 2 && strchr("{([", text[0]) &&
	    strchr("})]", text[len - 1])) {
		text++;
		len -= 2;
	}
	l = list_of(text, len, NULL, BASE_DECIMAL);
	if (l.count < 2 || (!l.decimal && !l.hex))
		return OCTETS_NOT;
	if (l.cut)
		return OCTETS_CUT;
	/* [BitConverter]::ToString and MAC addresses are hexadecimal. */
	if (l.hex && memchr(text, '-', len) && !memchr(text, ' ', len))
		l.decimal = false;
	if (l.decimal && l.hex)
		return OCTETS_TWOFOLD;
	list_of(text, len, out, l.hex ? BASE_HEX : BASE_DECIMAL);
	return OCTETS_READ;
}

enum octets_form
octets_parse(struct buf *out, const char *text, size_t len, size_t want)
{
	buf_clear(out);
	if (len > 3 && (text[0] | 32) == 'x' && text[1] == '\'' &&
	    text[len - 1] == '\'' && hex_decode(out, text + 2, len - 3) == 0)
		return OCTETS_READ;
	if (len > 2 && text[0] == '0' && (text[1] | 32) == 'x' &&
	    hex_decode(out, text + 2, len - 2) == 0)
		return OCTETS_READ;
	if (escaped_run(out, text, len))
		return OCTETS_READ;
	if (want && len == 2 * want && hex_decode(out, text, len) == 0)
		return OCTETS_READ;
	return parse_list(out, text, len);
}
