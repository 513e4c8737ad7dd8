/* What nearly all addresses and aliases are like. */
#include "analyze/object/common_value.h"

#include <stddef.h>

const bool is_word[256] = {
	['-'] = true, ['_'] = true,
	['0'] = true, ['1'] = true, ['2'] = true, ['3'] = true, ['4'] = true,
	['5'] = true, ['6'] = true, ['7'] = true, ['8'] = true, ['9'] = true,
	['A'] = true, ['B'] = true, ['C'] = true, ['D'] = true, ['E'] = true,
	['F'] = true, ['G'] = true, ['H'] = true, ['I'] = true, ['J'] = true,
	['K'] = true, ['L'] = true, ['M'] = true, ['N'] = true, ['O'] = true,
	['P'] = true, ['Q'] = true, ['R'] = true, ['S'] = true, ['T'] = true,
	['U'] = true, ['V'] = true, ['W'] = true, ['X'] = true, ['Y'] = true,
	['Z'] = true, ['a'] = true, ['b'] = true, ['c'] = true, ['d'] = true,
	['e'] = true, ['f'] = true, ['g'] = true, ['h'] = true, ['i'] = true,
	['j'] = true, ['k'] = true, ['l'] = true, ['m'] = true, ['n'] = true,
	['o'] = true, ['p'] = true, ['q'] = true, ['r'] = true, ['s'] = true,
	['t'] = true, ['u'] = true, ['v'] = true, ['w'] = true, ['x'] = true,
	['y'] = true, ['z'] = true,
};

/* Where the part that begins here, of letters, digits and signs, ends. */
static const unsigned char *
after_word(const unsigned char *p)
{
	while (is_word[*p])
		p++;
	return p;
}

/* Where words with single dots between them end; NULL: there are none. */
static const unsigned char *
after_words(const unsigned char *p)
{
	const unsigned char *end = after_word(p);

	while (end > p && *end == '.') {
		p = end + 1;
		end = after_word(p);
	}
	return end > p ? end : NULL;
}

/* Where a domain of two parts or more ends; NULL: there is none. */
static const unsigned char *
after_domain(const unsigned char *p)
{
	for (size_t parts = 1;; parts++, p++) {
		const unsigned char *part = p;

		while (is_word[*p] && *p != '_')
			p++;
		if (p == part || *part == '-' || p[-1] == '-')
			return NULL;
		if (*p != '.')
			return parts > 1 ? p : NULL;
	}
}

bool
address_is_common(const char *address)
{
	const unsigned char *start = (const unsigned char *)address;
	const unsigned char *at = after_words(start), *end;

	if (!at || *at != '@' || at - start > LOCAL_MOST)
		return false;
	end = after_domain(at + 1);
	/* So short a domain has no part that is too long. */
	return end && !*end && end - at <= LABEL_MOST;
}

/* As nearly all are: words, and dots between them. */
bool
alias_is_common(const char *alias)
{
	const unsigned char *start = (const unsigned char *)alias;
	const unsigned char *end = after_words(start);

	return end && !*end && end - start <= ALIAS_MOST;
}
