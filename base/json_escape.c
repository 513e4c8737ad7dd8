/* What a backslash begins; half a pair of surrogates is refused. */
#include "base/json_escape.h"

#include <string.h>
#include <unistr.h>

/* Four hexadecimal digits; their value, or -1. */
static int
hex4(const char **p, const char *end)
{
	int code = 0;

	for (int i = 0; i < 4; i++, (*p)++) {
		int c = *p < end ? (unsigned char)**p : 0;

		if (c >= '0' && c <= '9')
			code = code << 4 | (c - '0');
		else if ((c | 32) >= 'a' && (c | 32) <= 'f')
			code = code << 4 | ((c | 32) - 'a' + 10);
		else
			return -1;
	}
	return code;
}

/* What follows "\u": one unit, or a pair of surrogates. */
static int
unicode(const char **p, const char *end, uint32_t *code, const char **want)
{
	int unit = hex4(p, end), low;

	*want = "four hexadecimal digits after \\u";
	if (unit < 0)
		return -1;
	*code = (uint32_t)unit;
	if (unit < 0xd800 || unit > 0xdfff)
		return 0;
	if (unit >= 0xdc00) {
		*want = "a high surrogate before a low one";
		return -1;
	}
	if (end - *p < 2 || (*p)[0] != '\\' || (*p)[1] != 'u') {
		*want = "a low surrogate after a high one";
		return -1;
	}
	*p += 2;
	low = hex4(p, end);
	if (low < 0)
		return -1;
	*want = "a low surrogate after a high one";
	if (low < 0xdc00 || low > 0xdfff)
		return -1;
	*code = 0x10000 + ((uint32_t)(unit - 0xd800) << 10) +
	        (uint32_t)(low - 0xdc00);
	return 0;
}

int
json_escape(const char **p, const char *end, uint32_t *code, const char **want)
{
	static const char from[] = "\"\\/bfnrt", to[] = "\"\\/\b\f\n\r\t";
	const char *at;

	(*p)++;
	*want = "a character after the backslash";
	if (*p == end)
		return -1;
	if (**p == 'u') {
		(*p)++;
		return unicode(p, end, code, want);
	}
	at = **p ? strchr(from, **p) : NULL;
	*want = "one of \" \\ / b f n r t u after the backslash";
	if (!at)
		return -1;
	*code = (unsigned char)to[at - from];
	(*p)++;
	return 0;
}

size_t
json_unescape(char *text, size_t len)
{
	const char *p = text, *end = text + len, *want;
	char *out = text;

	while (p < end) {
		uint32_t code = 0;
		int n;

		if (*p != '\\') {
			*out++ = *p++;
			continue;
		}
		json_escape(&p, end, &code, &want);
		/* A C string cannot hold a NUL, and must not end at one. */
		n = u8_uctomb((uint8_t *)out, code ? code : 0xfffd, end - out);
		out += n > 0 ? n : 0;
	}
	return (size_t)(out - text);
}
