/* The one escape for XML 1.0 (Fifth Edition, sections 2.2 and 2.4). */
#include "report/export/xml_text.h"

#include <stdbool.h>
#include <stdint.h>
#include <string.h>
#include <unistr.h>

#include "base/buf.h"
#include "base/invisible.h"

static const char *const entities[128] = {
	['&'] = "&amp;", ['<'] = "&lt;", ['>'] = "&gt;", ['"'] = "&quot;",
	['\''] = "&#39;",
};

/*
 * U+FFFE and U+FFFF are not in XML's Char, and others of their kind are advised
 * against; tabs and line breaks would be blanks in attributes (section 3.3.3).
 */
static bool
is_named(ucs4_t c)
{
	return (c & 0xfffe) == 0xfffe || (c >= 0xfdd0 && c <= 0xfdef) ||
	       invisible_is(c);
}

void
xml_put_text(struct buf *out, const char *text)
{
	const uint8_t *p = (const uint8_t *)text;
	size_t left = text ? strlen(text) : 0;

	while (left > 0) {
		ucs4_t c;
		int n = u8_mbtoucr(&c, p, left);
		size_t take = n < 1 ? 1 : (size_t)n;

		if (n < 1)
			buf_addf(out, "\\x%02X", *p);
		else if (is_named(c))
			buf_addf(out, "&lt;U+%04X&gt;", (unsigned)c);
		else if (c < 128 && entities[c])
			buf_adds(out, entities[c]);
		else
			buf_add(out, (const char *)p, take);
		p += take;
		left -= take;
	}
}

void
xml_put_attribute(struct buf *out, const char *name, const char *text)
{
	buf_addf(out, " %s=\"", name);
	xml_put_text(out, text);
	buf_addc(out, '"');
}
