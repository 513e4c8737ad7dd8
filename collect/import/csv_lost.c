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

/*
 * "??? ????", "CN=??": of a name in other letters nothing else is left, between
 * what stands around names.
 */
static bool
has_bare_marks(const char *text)
{
	static const char around[] = ",;=/@:|";

	for (size_t n; *text; text += n + strspn(text + n, around)) {
		size_t marks = 0;

		n = strcspn(text, around);
		if (strspn(text, "? .-") < n)
			continue;
		for (size_t i = 0; i < n; i++)
			marks += text[i] == '?';
		if (marks > 1)
			return true;
	}
	return false;
}

enum lost_letters
csv_lost_letters(const char *text)
{
	enum lost_letters lost = LETTERS_THERE;

	if (strstr(text, "\xef\xbf\xbd") || has_bare_marks(text))
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
