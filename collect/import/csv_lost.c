/* Telling lost values from values; see csv_lost.h. */
#include "collect/import/csv_lost.h"

#include <ctype.h>
#include <stddef.h>
#include <string.h>

/* The namespaces of what AD's, Exchange's and Graph's modules give. */
static const char *const roots[] = { "System.", "Microsoft.", "Deserialized." };

static bool
is_word(char c)
{
	return isalnum((unsigned char)c) || c == '_' || c == '+';
}

/* "Namespace.Type": its length and how many dots it has. */
static size_t
dotted(const char *text, size_t *dots)
{
	size_t n = 0;

	*dots = 0;
	if (!isalpha((unsigned char)*text))
		return 0;
	while (is_word(text[n]) || (text[n] == '.' && is_word(text[n + 1]))) {
		*dots += text[n] == '.';
		n++;
	}
	return n;
}

static bool
has_root(const char *text, size_t dots)
{
	for (size_t i = 0; i < sizeof(roots) / sizeof(roots[0]); i++)
		if (strncmp(text, roots[i], strlen(roots[i])) == 0)
			return i == 0 || dots >= 2;
	return false;
}

/* "Quest.ActiveRoles.Values": no name of a host. */
static bool
has_capitals(const char *text, size_t dots)
{
	bool small = false;

	for (size_t i = 0; text[i]; i++) {
		if ((!i || text[i - 1] == '.') &&
		    !isupper((unsigned char)text[i]))
			return false;
		small = small || islower((unsigned char)text[i]);
	}
	return small && dots >= 2;
}

bool
csv_lost_values(const char *text, enum lost_kind kind)
{
	size_t dots, n = dotted(text, &dots);
	const char *rest = text + n;

	if (!n)
		return false;
	/* System.Collections.Generic.List`1[System.String], System.Byte[] */
	if (*rest == '`' && isdigit((unsigned char)rest[1]))
		return dots > 0;
	if (strcmp(rest, "[]") == 0)
		return true;
	if (*rest || !dots)
		return false;
	return has_root(text, dots) ||
	       (kind == LOST_VALUES && has_capitals(text, dots));
}

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
