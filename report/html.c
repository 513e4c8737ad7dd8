/* The one escape for HTML. */
#include "report/html.h"

#include <stdint.h>
#include <string.h>
#include <unistr.h>

#include "base/buf.h"

static const char *const entities[128] = {
	['&'] = "&amp;", ['<'] = "&lt;", ['>'] = "&gt;", ['"'] = "&quot;",
	['\''] = "&#39;",
};

static int
is_hidden(ucs4_t uc)
{
	return (uc < 0x20 && uc != '\n' && uc != '\t') ||
	       (uc >= 0x7f && uc <= 0x9f) || uc == 0x061c || uc == 0x200e ||
	       uc == 0x200f || (uc >= 0x2028 && uc <= 0x202e) ||
	       (uc >= 0x2066 && uc <= 0x2069) || uc == 0xfeff;
}

void
html_text(struct buf *out, const char *text)
{
	const uint8_t *p = (const uint8_t *)text;
	size_t left = text ? strlen(text) : 0;

	while (left > 0) {
		ucs4_t uc;
		int n = u8_mbtoucr(&uc, p, left);
		size_t take = n < 1 ? 1 : (size_t)n;

		if (n < 1 || is_hidden(uc))
			buf_adds(out, "\xef\xbf\xbd");
		else if (uc < 128 && entities[uc])
			buf_adds(out, entities[uc]);
		else
			buf_add(out, (const char *)p, take);
		p += take;
		left -= take;
	}
}

void
html_element(struct buf *out, const char *tag, const char *text)
{
	size_t name = strcspn(tag, " ");

	buf_addf(out, "<%s>", tag);
	html_text(out, text);
	buf_addf(out, "</%.*s>", (int)name, tag);
}

void
html_value(struct buf *out, const char *text)
{
	if (text && *text)
		html_element(out, "bdi", text);
}

void
html_cell(struct buf *out, const char *name, const char *value)
{
	buf_addf(out, "<td data-name=\"%s\">", name);
	html_value(out, value);
	buf_adds(out, "</td>");
}

void
html_source(struct buf *out, const char *source)
{
	size_t len = source ? strcspn(source, " ") : 0;
	struct buf link = { 0 };

	if (!source || strncmp(source, "https://", 8) != 0) {
		html_text(out, source);
		return;
	}
	buf_add(&link, source, len);
	buf_adds(out, "<a rel=\"noreferrer noopener\" href=\"");
	html_text(out, link.data);
	buf_adds(out, "\">");
	html_text(out, link.data);
	buf_adds(out, "</a>");
	html_text(out, source + len);
	buf_release(&link);
}
