/*
 * Fuzzes the escapes of the page. Readers of their own take apart what was
 * printed: HTML may have the elements that values are shown with and no other,
 * JSON nothing that ends its block, a fragment nothing but letters; and what
 * comes back is the text, but for what HTML cannot hold.
 */
#include <stdbool.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>
#include <unistr.h>

#include "base/buf.h"
#include "base/invisible.h"
#include "base/json.h"
#include "base/mem.h"
#include "base/utf8.h"
#include "report/page/escape.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static const struct { const char *name; char is; } entities[] = {
	{ "&amp;", '&' }, { "&lt;", '<' }, { "&gt;", '>' }, { "&quot;", '"' },
	{ "&#39;", '\'' },
};

/* Appends what P begins with, as a browser has it; how long that was. */
static size_t
take_html(struct buf *out, const char *p)
{
	if (strchr("<>\"'", *p))
		abort();
	if (*p != '&') {
		buf_addc(out, *p);
		return 1;
	}
	for (size_t i = 0; i < sizeof(entities) / sizeof(entities[0]); i++) {
		size_t len = strlen(entities[i].name);

		if (strncmp(p, entities[i].name, len) == 0) {
			buf_addc(out, entities[i].is);
			return len;
		}
	}
	abort();
}

static bool
has_control(const char *text)
{
	for (const char *p = text; *p; p++)
		if (((unsigned char)*p < ' ' && !strchr("\t\r\n", *p)) ||
		    *p == 0x7f || (*p == '\xc2' && (unsigned char)p[1] < 0xa0))
			return true;
	return strstr(text, "\xef\xbf\xbe") || strstr(text, "\xef\xbf\xbf");
}

static void
check_html(const char *text)
{
	struct buf out = { 0 }, back = { 0 };

	esc_html(&out, text);
	if (utf8_bad(buf_text(&out), out.len) != out.len ||
	    has_control(buf_text(&out)))
		abort();
	for (const char *p = buf_text(&out); *p; )
		p += take_html(&back, p);
	/* Others than these are replaced by U+FFFD. */
	if (!strstr(buf_text(&back), "\xef\xbf\xbd") &&
	    strcmp(buf_text(&back), text) != 0)
		abort();
	buf_release(&out);
	buf_release(&back);
}

static void
check_json(const char *text)
{
	struct buf out = { 0 };
	struct json_error e;
	struct json *tree;

	esc_json(&out, text);
	if (strpbrk(out.data, "<>&") || strstr(out.data, "\xe2\x80\xa8") ||
	    strstr(out.data, "\xe2\x80\xa9"))
		abort();
	tree = json_parse(out.data, out.len, &e);
	if (!tree || !json_string(tree))
		abort();
	if (utf8_bad(text, strlen(text)) == strlen(text) &&
	    strcmp(json_string(tree), text) != 0)
		abort();
	json_free(tree);
	buf_release(&out);
}

static void
check_fragment(const char *text)
{
	struct buf out = { 0 }, back = { 0 };

	esc_frag(&out, "k", text);
	for (const char *p = out.data + 2; *p; p++) {
		char hex[3] = "";

		if (strchr("&=#\"'<> ", *p) || (unsigned char)*p > '~')
			abort();
		if (*p == '%') {
			memcpy(hex, p + 1, 2);
			buf_addc(&back, (char)strtoul(hex, NULL, 16));
			p += 2;
		} else {
			buf_addc(&back, *p);
		}
	}
	if (strcmp(buf_text(&back), text) != 0)
		abort();
	buf_release(&out);
	buf_release(&back);
}

static void
check_url(const char *text)
{
	struct buf out = { 0 }, back = { 0 };

	if (!esc_url(&out, text, strlen(text))) {
		if (out.len)
			abort();
		return;
	}
	for (const char *p = out.data; *p; )
		p += take_html(&back, p);
	if (strncmp(back.data, "https://", 8) != 0 ||
	    strpbrk(back.data, " \t\r\n\"'<>\\"))
		abort();
	buf_release(&out);
	buf_release(&back);
}

/* The length of the tag that P begins with, if values have such ones. */
static size_t
tag_len(const char *p)
{
	static const char *const tags[] = {
		"<bdi>", "</bdi>", "<span class=\"inv\">",
		"<span class=\"cut\">", "</span>", "</mark>", "<wbr>",
	};
	static const char mark[] = "<mark title=\"U+";

	for (size_t i = 0; i < sizeof(tags) / sizeof(tags[0]); i++)
		if (strncmp(p, tags[i], strlen(tags[i])) == 0)
			return strlen(tags[i]);
	if (strncmp(p, mark, sizeof(mark) - 1) != 0)
		abort();
	p += sizeof(mark) - 1;
	if (!strstr(p, "\">") || strcspn(p, "<>\"&") !=
	    (size_t)(strstr(p, "\">") - p))
		abort();
	return sizeof(mark) - 1 + strcspn(p, "\"") + 2;
}

/* Nothing that nobody sees is left. */
static void
check_seen(const char *text)
{
	size_t left = strlen(text);

	while (left > 0) {
		ucs4_t c;
		int n = u8_mbtoucr(&c, (const uint8_t *)text, left);

		if (n < 1 || invisible_is(c))
			abort();
		text += n;
		left -= (size_t)n;
	}
}

static void
check_value(const char *text, enum esc_mode mode)
{
	struct buf out = { 0 }, back = { 0 };

	esc_value(&out, text, mode);
	for (const char *p = buf_text(&out); *p; )
		p += *p == '<' ? tag_len(p) : take_html(&back, p);
	check_seen(buf_text(&back));
	buf_release(&out);
	buf_release(&back);
}

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	char *text = xstrndup((const char *)data, size);

	check_html(text);
	check_json(text);
	check_fragment(text);
	check_url(text);
	for (int mode = ESC_TEXT; mode <= ESC_UPN; mode++)
		check_value(text, (enum esc_mode)mode);
	free(text);
	return 0;
}
