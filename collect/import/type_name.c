/* Tells the names of types from other text with dots. */
#include "collect/import/type_name.h"

#include <ctype.h>
#include <stddef.h>
#include <string.h>

/* The namespaces of what AD's, Exchange's and Graph's modules give. */
static const char *const roots[] = { "System.", "Microsoft.", "Deserialized." };

/* What may stand between several. */
static const char separators[] = " ;,|";

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
has_capitals(const char *text, size_t len, size_t dots)
{
	bool small = false;

	for (size_t i = 0; i < len; i++) {
		if ((!i || text[i - 1] == '.') &&
		    !isupper((unsigned char)text[i]))
			return false;
		small = small || islower((unsigned char)text[i]);
	}
	return small && dots >= 2;
}

/* Behind "`1[[System.String, mscorlib]]", which may be cut. */
static const char *
behind_generic(const char *text)
{
	long open = 0;

	for (; *text && (open > 0 || !strchr(separators, *text)); text++) {
		open += *text == '[';
		open -= *text == ']';
	}
	return text;
}

/* Behind the name that begins here; NULL: none does. */
static const char *
behind_name(const char *text, enum type_field field)
{
	size_t dots, n = dotted(text, &dots);
	const char *rest = text + n;
	bool named = false;

	if (!n)
		return NULL;
	/* System.Collections.Generic.List`1[System.String], System.Byte[] */
	if (*rest == '`' && isdigit((unsigned char)rest[1])) {
		named = dots > 0;
		rest = behind_generic(rest);
	} else if (strncmp(rest, "[]", 2) == 0) {
		named = true;
		rest += 2;
	} else {
		named = dots && (has_root(text, dots) ||
		                 (field == FIELD_VALUES &&
		                  has_capitals(text, n, dots)));
	}
	return named && (!*rest || strchr(separators, *rest)) ? rest : NULL;
}

bool
type_name_is(const char *text, enum type_field field)
{
	size_t len;

	if (text[0] == '@' && text[1] == '{') {
		len = strlen(text);
		return text[len - 1] == '}';
	}
	do {
		text = behind_name(text, field);
		if (!text)
			return false;
		text += strspn(text, separators);
	} while (*text);
	return true;
}
