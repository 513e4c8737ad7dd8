/* Telling lost letters from question marks; see csv_lost.h. */
#include "collect/import/csv_lost.h"

#include <ctype.h>
#include <stdbool.h>
#include <stddef.h>
#include <string.h>

/* A letter in ASCII, or a byte of one outside. */
static bool
is_letter(char c)
{
	return isalpha((unsigned char)c) || (unsigned char)c >= 0x80;
}

enum lost_letters
csv_lost_letters(const char *text)
{
	enum lost_letters lost = LETTERS_THERE;

	if (strstr(text, "\xef\xbf\xbd"))
		return LETTERS_LOST;
	for (const char *q = strchr(text, '?'); q; q = strchr(q + 1, '?')) {
		bool before = q > text && is_letter(q[-1]);
		bool after = is_letter(q[1]);
		bool first = q == text || strchr(" ,;=/@", q[-1]);

		/* "J?rg", "?sa", "OU=?sterreich", "M??ller". */
		if ((before && (after || q[1] == '?')) || (after && first))
			return LETTERS_LOST;
		if (before && (!q[1] || strchr(" ,-@", q[1])))
			lost = LETTERS_MAYBE;
	}
	return lost;
}
