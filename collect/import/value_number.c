/* What spreadsheets and tools make of whole numbers. */
#include "collect/import/value_number.h"

#include <stdbool.h>
#include <stddef.h>
#include <string.h>

#define DIGITS "0123456789"

/* "1.32E+17", "1,32E+17": what the spreadsheet left of 132190000000000000. */
static bool
is_rounded(const char *text)
{
	size_t n = strspn(text += *text == '-' || *text == '+', DIGITS);

	if (!n)
		return false;
	text += n;
	if (*text == '.' || *text == ',')
		text += 1 + strspn(text + 1, DIGITS);
	if (*text != 'E' && *text != 'e')
		return false;
	text++;
	text += *text == '-' || *text == '+';
	n = strspn(text, DIGITS);
	return n && !text[n];
}

/* Between groups of three: a point, comma, apostrophe or some blank. */
static size_t
group_separator(const char *text)
{
	static const char *const list[] = {
		".", ",", "'", " ", "\xc2\xa0", "\xe2\x80\xaf", "\xe2\x80\x99",
		"\xe2\x80\x89",
	};

	for (size_t i = 0; i < sizeof(list) / sizeof(*list); i++)
		if (strncmp(text, list[i], strlen(list[i])) == 0)
			return strlen(list[i]);
	return 0;
}

static bool
is_grouped(const char *text)
{
	size_t n = strspn(text += *text == '-', DIGITS), gap;
	bool any = false;

	if (!n || n > 3)
		return false;
	text += n;
	while ((gap = group_separator(text)) > 0 &&
	       strspn(text + gap, DIGITS) == 3) {
		text += gap + 3;
		any = true;
	}
	return any && !*text;
}

/* The digits of BASE at *P, which moves on; false: none, or too many. */
static bool
take_digits(const char **p, unsigned base, uint64_t *out)
{
	static const char digits[] = "0123456789abcdef";
	const char *start = *p;

	for (*out = 0; **p; (*p)++) {
		const char *at = strchr(digits, base == 16 && **p > '9'
		                        ? **p | 32 : **p);

		if (!at || (size_t)(at - digits) >= base)
			break;
		if (*out > (UINT64_MAX - 15) / base)
			return false;
		*out = *out * base + (uint64_t)(at - digits);
	}
	return *p > start;
}

/* What may follow: nothing, ".0" of a column of fractions, names. */
static bool
is_end(const char *text)
{
	if ((text[0] == '.' || text[0] == ',') && text[1] == '0' && !text[2])
		return true;
	text += strspn(text, " \t");
	return !*text || *text == '=' || *text == '(';
}

const char *
number_read(int64_t *out, const char *text)
{
	bool negative = *text == '-';
	const char *p = text + negative;
	unsigned base = 10;
	uint64_t n;

	if (is_rounded(text))
		return "lost its digits in a spreadsheet";
	if (is_grouped(text))
		return "has separators between its digits";
	if (p[0] == '0' && (p[1] | 32) == 'x') {
		base = 16;
		p += 2;
	}
	if (*p < '0' || (*p > '9' && base == 10))
		return "";
	if (!take_digits(&p, base, &n))
		return *p ? "is too large" : "";
	if (!is_end(p))
		return "";
	if (n > (uint64_t)INT64_MAX + negative)
		return "is too large";
	*out = negative ? (int64_t)-n : (int64_t)n;
	return NULL;
}
