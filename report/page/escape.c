/* Values leave here harmless, and visible to the last character. */
#include "report/page/escape.h"

#include <ctype.h>
#include <stdint.h>
#include <string.h>
#include <unistr.h>

#include "base/buf.h"
#include "base/invisible.h"
#include "base/invisible_text.h"
#include "base/json.h"

static const char replacement[] = "\xef\xbf\xbd";

static const char *const entities[128] = {
	['&'] = "&amp;", ['<'] = "&lt;", ['>'] = "&gt;", ['"'] = "&quot;",
	['\''] = "&#39;",
};

/* A character of a text, or a byte that is none. */
struct glyph {
	ucs4_t code;
	const char *bytes;
	size_t len;
	bool bad;
};

static struct glyph
glyph_at(const char *p, size_t left)
{
	struct glyph g = { .bytes = p };
	int n = u8_mbtoucr(&g.code, (const uint8_t *)p, left);

	g.bad = n < 1;
	g.len = g.bad ? 1 : (size_t)n;
	return g;
}

/* What HTML does not allow as a character (section 13.2.3.5). */
static bool
is_forbidden(ucs4_t c)
{
	return (c < 0x20 && c != '\t' && c != '\n' && c != '\r') ||
	       (c >= 0x7F && c <= 0x9F) || (c & 0xFFFE) == 0xFFFE;
}

static void
put_glyph(struct buf *out, const struct glyph *g)
{
	if (g->bad || is_forbidden(g->code))
		buf_adds(out, replacement);
	else if (g->code < 128 && entities[g->code])
		buf_adds(out, entities[g->code]);
	else
		buf_add(out, g->bytes, g->len);
}

static void
put_html(struct buf *out, const char *text, size_t len)
{
	while (len > 0) {
		struct glyph g = glyph_at(text, len);

		put_glyph(out, &g);
		text += g.len;
		len -= g.len;
	}
}

void
esc_html(struct buf *out, const char *text)
{
	if (text)
		put_html(out, text, strlen(text));
}

bool
esc_url(struct buf *out, const char *url, size_t len)
{
	static const char scheme[] = "https://";
	static const char ends[] = "\"'<>\\^`{|}";
	size_t head = sizeof(scheme) - 1;

	if (len <= head || memcmp(url, scheme, head) != 0 ||
	    strchr("/?#:@", url[head]))
		return false;
	for (size_t i = 0; i < len; i++)
		if ((unsigned char)url[i] <= ' ' || url[i] == 0x7F ||
		    strchr(ends, url[i]))
			return false;
	put_html(out, url, len);
	return true;
}

/* Nothing in a script block may end it, nor a line of a script. */
void
esc_json(struct buf *out, const char *text)
{
	struct buf plain = { 0 };
	const char *p;

	json_put_string(&plain, text ? text : "", text ? strlen(text) : 0);
	for (p = buf_text(&plain); *p; p++) {
		if (*p == '<' || *p == '>' || *p == '&')
			buf_addf(out, "\\u%04x", (unsigned)*p);
		else if (strncmp(p, "\xe2\x80\xa8", 3) == 0 ||
		         strncmp(p, "\xe2\x80\xa9", 3) == 0)
			buf_addf(out, "\\u20%02x",
			         (unsigned)(unsigned char)*(p += 2) - 0x80);
		else
			buf_addc(out, *p);
	}
	buf_release(&plain);
}

static bool
is_plain(unsigned char c)
{
	return (c >= 'A' && c <= 'Z') || (c >= 'a' && c <= 'z') ||
	       (c >= '0' && c <= '9') || c == '-' || c == '.' || c == '_' ||
	       c == '~';
}

void
esc_frag(struct buf *out, const char *key, const char *value)
{
	buf_addf(out, "%s=", key);
	for (const char *p = value ? value : ""; *p; p++) {
		if (is_plain((unsigned char)*p))
			buf_addc(out, *p);
		else
			buf_addf(out, "%%%02X", (unsigned)(unsigned char)*p);
	}
}

/* ---- visible characters ---- */

enum esc_mode
esc_mode_of(const char *attribute)
{
	static const char *const addresses[] = {
		"mail", "proxyAddresses", "mailNickname", "targetAddress",
	};

	if (!attribute)
		return ESC_TEXT;
	if (strcmp(attribute, "userPrincipalName") == 0)
		return ESC_UPN;
	for (size_t i = 0; i < sizeof(addresses) / sizeof(addresses[0]); i++)
		if (strcmp(attribute, addresses[i]) == 0)
			return ESC_ADDRESS;
	return ESC_TEXT;
}

/* What of a value is looked at: as much of it as is shown. */
struct shown_value {
	const char *begin, *end;
	const char *first, *behind;  /* without the spaces at its ends */
	enum esc_mode mode;
};

/* "SMTP:a@x; SMTP:b@x" are two, as rules tell them. */
static bool
is_between(const struct shown_value *v, const char *p)
{
	const char *type = p + 1;

	while (type < v->end && isalnum((unsigned char)*type))
		type++;
	return p > v->begin && p[-1] == ';' && type > p + 1 &&
	       type < v->end && *type == ':';
}

/* In names one space between words is seen; in addresses there is none. */
static bool
is_odd_space(const struct shown_value *v, const char *p)
{
	if (v->mode != ESC_TEXT && is_between(v, p))
		return false;
	if (v->mode != ESC_TEXT || p < v->first || p >= v->behind)
		return true;
	return (p > v->begin && p[-1] == ' ') ||
	       (p + 1 < v->end && p[1] == ' ');
}

/* "prepare directory attributes for synchronization": what a UPN may have. */
static bool
is_of_upn(ucs4_t c)
{
	return c < 128 && (is_plain((unsigned char)c) ||
	                   strchr("'!#^@", (int)c)) && c;
}

enum glyph_look { LOOK_PLAIN, LOOK_UNSEEN, LOOK_MARKED };

static enum glyph_look
look_of(const struct shown_value *v, const struct glyph *g)
{
	if (g->bad)
		return LOOK_PLAIN;
	if (invisible_is(g->code) ||
	    (g->code == ' ' && is_odd_space(v, g->bytes)))
		return LOOK_UNSEEN;
	if ((v->mode != ESC_TEXT && g->code > 126) ||
	    (v->mode == ESC_UPN && g->code != ' ' && !is_of_upn(g->code)))
		return LOOK_MARKED;
	return LOOK_PLAIN;
}

static void
put_look(struct buf *out, const struct shown_value *v, const struct glyph *g)
{
	switch (look_of(v, g)) {
	case LOOK_UNSEEN:
		buf_adds(out, "<span class=\"inv\">");
		invisible_name(out, g->code);
		buf_adds(out, "</span>");
		break;
	case LOOK_MARKED:
		buf_addf(out, "<mark title=\"U+%04X%s\">", (unsigned)g->code,
		         g->code > 126 ? ", not ASCII" : ", not allowed here");
		put_glyph(out, g);
		buf_adds(out, "</mark>");
		break;
	case LOOK_PLAIN:
		put_glyph(out, g);
		break;
	}
	if (g->code == '@' && v->mode != ESC_TEXT)
		buf_adds(out, "<wbr>");
}

/* How many characters TEXT has; *SHOWN gets the bytes of those shown. */
static size_t
count_characters(const char *text, size_t len, size_t *shown)
{
	size_t n = 0, at = 0;

	*shown = len;
	for (; at < len; n++) {
		struct glyph g = glyph_at(text + at, len - at);

		if (n == ESC_LONG)
			*shown = at;
		at += g.len;
	}
	return n;
}

void
esc_visible(struct buf *out, const char *text, size_t len, enum esc_mode mode)
{
	struct shown_value v = { .begin = text, .mode = mode };
	size_t shown;

	count_characters(text, len, &shown);
	v.end = v.behind = text + shown;
	for (v.first = text; v.first < v.end && *v.first == ' '; v.first++)
		;
	while (shown == len && v.behind > text && v.behind[-1] == ' ')
		v.behind--;
	for (const char *p = text; p < v.end;) {
		struct glyph g = glyph_at(p, (size_t)(v.end - p));

		put_look(out, &v, &g);
		p += g.len;
	}
}

void
esc_value(struct buf *out, const char *text, enum esc_mode mode)
{
	size_t len = text ? strlen(text) : 0, shown, n;

	if (!text)
		return;
	n = count_characters(text, len, &shown);
	buf_adds(out, "<bdi>");
	esc_visible(out, text, len, mode);
	buf_adds(out, "</bdi>");
	if (n > ESC_LONG)
		buf_addf(out, " <span class=\"cut\">\xe2\x80\xa6 %zu "
		         "characters in all</span>", n);
}
