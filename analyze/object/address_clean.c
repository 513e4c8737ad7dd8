/* Addresses without what nobody meant to write into them. */
#include "analyze/object/address.h"

#include <stdint.h>
#include <string.h>

#include "base/buf.h"
#include "base/clean_text.h"
#include "base/mem.h"

#define EACH UINT64_C(0x0101010101010101)
#define TOPS UINT64_C(0x8080808080808080)

/* One of the eight bytes from P on: no byte carries over where none is high. */
static bool
is_any_unclean(const char *p)
{
	uint64_t word;

	memcpy(&word, p, sizeof(word));
	return (word | (word + EACH) | ~(word + EACH * (0x7F - ' '))) & TOPS;
}

bool
address_is_unclean(const char *value)
{
	size_t len = strlen(value), i = 0;

	for (; i + 8 <= len; i += 8)
		if (is_any_unclean(value + i))
			return true;
	/* The last eight overlap those before. */
	if (len >= 8)
		return is_any_unclean(value + len - 8);
	for (; i < len; i++)
		if ((unsigned char)value[i] <= ' ' ||
		    (unsigned char)value[i] >= 0x7F)
			return true;
	return false;
}

const char *
address_cleaned(const char *value, struct arena *a)
{
	struct buf whole = { 0 }, out = { 0 };
	const char *text, *body;

	if (!address_is_unclean(value))
		return value;
	clean_text(&whole, value);
	text = buf_text(&whole);
	body = address_body(text);
	buf_add(&out, text, (size_t)(body - text));
	clean_text(&out, body);
	text = arena_strdup(a, buf_text(&out));
	buf_release(&whole);
	buf_release(&out);
	return text;
}
