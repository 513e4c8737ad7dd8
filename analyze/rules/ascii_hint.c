/* How an address may be written in ASCII. */
#include "analyze/rules/ascii_hint.h"

#include <stddef.h>
#include <string.h>

#include "analyze/object/object.h"
#include "analyze/rules/rule.h"
#include "base/buf.h"

/*
 * Latin-1 Supplement and Latin Extended-A (U+00C0 to U+017F): the letter that
 * the decomposition of Unicode begins with, in lower case, and where there is
 * none what it is mostly replaced by. No text: it is no letter.
 */
enum { LATIN_FIRST = 0xC0, LATIN_END = 0x180 };

static const char *const plain[LATIN_END - LATIN_FIRST] = {
	"a", "a", "a", "a", "a", "a", "ae", "c",
	"e", "e", "e", "e", "i", "i", "i", "i",
	"d", "n", "o", "o", "o", "o", "o", "",
	"o", "u", "u", "u", "u", "y", "th", "ss",
	"a", "a", "a", "a", "a", "a", "ae", "c",
	"e", "e", "e", "e", "i", "i", "i", "i",
	"d", "n", "o", "o", "o", "o", "o", "",
	"o", "u", "u", "u", "u", "y", "th", "y",
	"a", "a", "a", "a", "a", "a", "c", "c",
	"c", "c", "c", "c", "c", "c", "d", "d",
	"d", "d", "e", "e", "e", "e", "e", "e",
	"e", "e", "e", "e", "g", "g", "g", "g",
	"g", "g", "g", "g", "h", "h", "h", "h",
	"i", "i", "i", "i", "i", "i", "i", "i",
	"i", "i", "ij", "ij", "j", "j", "k", "k",
	"k", "l", "l", "l", "l", "l", "l", "l",
	"l", "l", "l", "n", "n", "n", "n", "n",
	"n", "n", "ng", "ng", "o", "o", "o", "o",
	"o", "o", "oe", "oe", "r", "r", "r", "r",
	"r", "r", "s", "s", "s", "s", "s", "s",
	"s", "s", "t", "t", "t", "t", "t", "t",
	"u", "u", "u", "u", "u", "u", "u", "u",
	"u", "u", "u", "u", "w", "w", "y", "y",
	"y", "z", "z", "z", "z", "z", "z", "s",
};

/* Marks that follow their letter. */
enum { MARKS_FIRST = 0x300, MARKS_END = 0x370 };

/* The character of two bytes at TEXT, as all of these have; or 0. */
static unsigned
two_bytes(const char *text)
{
	unsigned char a = (unsigned char)text[0], b = (unsigned char)text[1];

	return (a & 0xE0) == 0xC0 && (b & 0xC0) == 0x80
		? (a & 0x1Fu) << 6 | (b & 0x3Fu) : 0;
}

/* What stands for the character; NULL: nothing does. */
static const char *
plain_of(unsigned character)
{
	if (character >= MARKS_FIRST && character < MARKS_END)
		return "";
	if (character < LATIN_FIRST || character >= LATIN_END ||
	    !*plain[character - LATIN_FIRST])
		return NULL;
	return plain[character - LATIN_FIRST];
}

/* Appends what is before the @ in ASCII; false: that cannot be told. */
static bool
add_plain(struct buf *out, const char *address)
{
	for (const char *p = address; *p && *p != '@'; p++) {
		const char *letters;

		if (!((unsigned char)*p & 0x80)) {
			buf_add(out, p, 1);
			continue;
		}
		letters = plain_of(two_bytes(p));
		if (!letters)
			return false;
		buf_adds(out, letters);
		p++;
	}
	return true;
}

const char *
ascii_hint(struct check *c, const struct object *o, const char *address)
{
	const char *domain = strrchr(address, '@');
	struct buf out = { 0 };
	const char *text = NULL;

	if (domain && add_plain(&out, address)) {
		buf_adds(&out, domain);
		text = arena_strdup(check_arena(c), buf_text(&out));
	}
	buf_release(&out);
	return text && !address_fault(text) && !check_is_taken(c, o, text)
		? text : NULL;
}
