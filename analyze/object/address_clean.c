/* Addresses without what nobody meant to write into them. */
#include "analyze/object/address.h"

#include "base/buf.h"
#include "base/clean_text.h"
#include "base/mem.h"

bool
address_is_unclean(const char *value)
{
	for (const unsigned char *p = (const unsigned char *)value; *p; p++)
		if (*p <= ' ' || *p >= 0x7F)
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
