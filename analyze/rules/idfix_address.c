/* IdFix's grammar of addresses: what it finds, and what it makes of them. */
#include "analyze/rules/idfix_address.h"

#include <ctype.h>
#include <stdbool.h>
#include <string.h>

#include "analyze/data/data.h"
#include "base/buf.h"

enum { TOP_LEVEL_MIN = 2, TOP_LEVEL_MAX = 17 };

bool
idfix_is_smtp(const char *text)
{
	return strcasestr(text, "smtp:") != NULL;
}

static bool
is_alnum(char c)
{
	return !(c & 0x80) && isalnum((unsigned char)c);
}

/* May stand between the periods before the @. */
static bool
is_atom(char c)
{
	return is_alnum(c) || (c && strchr("!#$%&'*+/=?^_`{|}~-", c));
}

/* The end of the label that P begins with, or NULL. */
static const char *
label_end(const char *p)
{
	if (!is_alnum(*p))
		return NULL;
	while (is_alnum(*p) || *p == '-')
		p++;
	return p[-1] == '-' ? NULL : p;
}

/* Labels with periods behind, and a top-level domain of letters. */
static bool
is_domain(const char *p)
{
	const char *last = strrchr(p, '.');
	size_t len = 0;

	if (!last || last == p)
		return false;
	for (; p < last; p++) {
		p = label_end(p);
		if (!p || *p != '.')
			return false;
	}
	if (p != last + 1)
		return false;
	while (!(p[len] & 0x80) && isalpha((unsigned char)p[len]))
		len++;
	return !p[len] && len >= TOP_LEVEL_MIN && len <= TOP_LEVEL_MAX;
}

/* Whether TEXT begins with atoms between single periods, and an @. */
static bool
has_local_part(const char *p)
{
	for (;;) {
		if (!is_atom(*p))
			return false;
		while (is_atom(*p))
			p++;
		if (*p != '.')
			return *p == '@';
		p++;
	}
}

static bool
is_local_part(const char *text)
{
	return has_local_part(text) && strchr(text, '@') == strrchr(text, '@');
}

/* Deletes of the domain what is neither letter, digit, period nor hyphen. */
static void
mend_domain(struct buf *text)
{
	char *at = text->len ? strrchr(text->data, '@') : NULL;
	char *to;

	if (!at)
		return;
	to = at + 1;
	for (const char *p = to; *p; p++)
		if (is_alnum(*p) || *p == '.' || *p == '-')
			*to++ = *p;
	*to = '\0';
	text->len = (size_t)(to - text->data);
}

/* Deletes before the @ what may not stand there; and a period right there. */
static void
mend_local_part(struct buf *text)
{
	const char *at = text->len ? strrchr(text->data, '@') : NULL;
	struct buf out = { 0 };

	if (!at)
		return;
	for (const char *p = text->data; *p; p++)
		if (p >= at || is_atom(*p) || *p == '.')
			buf_addc(&out, *p);
	buf_clear(text);
	for (const char *p = buf_text(&out); *p; p++)
		if (*p != '.' || p[1] != '@')
			buf_addc(text, *p);
	buf_release(&out);
}

/* By the list of today: IdFix's own had stopped growing. */
static bool
has_unknown_top_level(const char *text, const struct data *d)
{
	const char *last = strrchr(text, '.');

	return d && last && last[1] &&
	       suffix_judge(d, last + 1).routing != ROUTING_TOP;
}

static unsigned
judge(struct buf *text, const struct data *d)
{
	const char *at = text->len ? strrchr(text->data, '@') : NULL;
	unsigned out = 0;

	if (has_unknown_top_level(buf_text(text), d))
		out |= IDFIX_BIT(IDFIX_TOP_LEVEL);
	if (!at || !is_domain(at + 1)) {
		out |= IDFIX_BIT(IDFIX_DOMAIN_PART);
		mend_domain(text);
	}
	if (!is_local_part(buf_text(text))) {
		out |= IDFIX_BIT(IDFIX_LOCAL_PART);
		mend_local_part(text);
	}
	at = strrchr(buf_text(text), '@');
	if (!at || !is_domain(at + 1) || !is_local_part(buf_text(text)))
		out |= IDFIX_BIT(IDFIX_FORMAT);
	return out;
}

unsigned
idfix_address(struct buf *now, const struct data *d)
{
	const char *text = buf_text(now);
	const char *colon = idfix_is_smtp(text) ? strchr(text, ':') : NULL;
	struct buf prefix = { 0 }, body = { 0 };
	unsigned out;

	if (colon)
		buf_add(&prefix, text, (size_t)(colon + 1 - text));
	buf_adds(&body, colon ? colon + 1 : text);
	out = judge(&body, d);
	buf_clear(now);
	buf_adds(now, buf_text(&prefix));
	buf_adds(now, buf_text(&body));
	buf_release(&prefix);
	buf_release(&body);
	return out;
}
