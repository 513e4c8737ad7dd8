/* Names the characters that a flaw is of: people look for them. */
#include <ctype.h>
#include <inttypes.h>
#include <string.h>

#include "analyze/object/common_value.h"
#include "analyze/object/flaw_texts.h"
#include "analyze/object/object.h"
#include "base/buf.h"
#include "base/invisible_text.h"
#include "base/mem.h"
#include "base/utf8.h"

enum { NAMED_MOST = 3 };

typedef bool is_wrong(uint32_t c);

enum where { ANYWHERE, BEFORE_AT, BEHIND_AT };

static bool
is_outside(uint32_t c)
{
	return c >= 0x80;
}

static bool
is_of(uint32_t c, const char *list)
{
	return c && c < 0x80 && strchr(list, (int)c);
}

static bool
no_address(uint32_t c)
{
	return is_of(c, address_refused);
}

static bool
no_upn(uint32_t c)
{
	return c < 0x80 && !is_plain((char)c) && !is_of(c, upn_signs);
}

static bool
no_domain(uint32_t c)
{
	return c < 0x80 && !isalnum((int)c) && c != '-' && c != '.';
}

static bool
no_alias(uint32_t c)
{
	return c >= 0x80 ? c < 0xA1 || c > 0xFF : is_of(c, alias_refused);
}

static bool
no_account(uint32_t c)
{
	return is_of(c, account_refused);
}

const char account_refused[] = "[\\\",/:<>+=;?*']|";
const char flaw_account_sign[] = "has a character that is not allowed in an "
                                 "account name";

/* By what flaw.c says of them, as far as one can name a character of it. */
static const struct {
	const char *fault;
	enum where where;
	is_wrong *is_bad;
} rows[] = {
	{ flaw_sign, ANYWHERE, no_address },
	{ flaw_domain_sign, BEHIND_AT, no_domain },
	{ flaw_domain_outside, BEHIND_AT, is_outside },
	{ flaw_outside, BEFORE_AT, is_outside },
	{ flaw_name_sign, BEFORE_AT, no_upn },
	{ flaw_name_outside, BEFORE_AT, is_outside },
	{ flaw_name_domain_sign, BEHIND_AT, no_domain },
	{ flaw_name_domain_outside, BEHIND_AT, is_outside },
	{ flaw_alias_sign, ANYWHERE, no_alias },
	{ flaw_account_sign, ANYWHERE, no_account },
};

/* What sits upon a letter, and so has no place of its own, is its number. */
static void
put_character(struct buf *out, uint32_t c, const char *text, size_t len)
{
	if (c >= 0x300 && c <= 0x36F) {
		buf_addf(out, "U+%04" PRIX32, c);
		return;
	}
	/* A sign would be taken for the sentence's. */
	buf_addf(out, c < 0x80 ? "\"%.*s\"" : "%.*s", (int)len, text);
	buf_addf(out, " (U+%04" PRIX32 ")", c);
}

/* Whether all that is told, and more, are letters. */
static bool
put_all(struct buf *out, const char *text, const char *end,
        is_wrong *is_bad)
{
	uint32_t met[NAMED_MOST];
	size_t count = 0;
	bool letters = true;

	while (text < end) {
		const char *from = text;
		uint32_t c = utf8_take(&text);
		size_t i = 0;

		while (i < count && met[i] != c)
			i++;
		if (!is_bad(c) || i < count)
			continue;
		if (count == NAMED_MOST) {
			buf_adds(out, " and more");
			break;
		}
		letters = letters && utf8_is_letter(c);
		met[count++] = c;
		buf_adds(out, count > 1 ? ", " : ": ");
		put_character(out, c, from, (size_t)(text - from));
	}
	return letters;
}

/* "a non-ASCII character", which letters are called. */
static void
put_fault(struct buf *out, const char *fault, bool letters)
{
	static const char word[] = "non-ASCII character";
	const char *at = letters ? strstr(fault, word) : NULL;

	if (!at) {
		buf_adds(out, fault);
		return;
	}
	buf_add(out, fault, (size_t)(at - fault));
	buf_addf(out, "non-ASCII letter%s", at + sizeof(word) - 1);
}

static void
put_named(struct buf *out, const char *seen, const char *fault)
{
	const char *at = strchr(seen, '@');
	const char *end = seen + strlen(seen);
	struct buf named = { 0 };
	bool letters = false;

	for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++)
		if (rows[i].fault == fault)
			letters = put_all(&named, at && rows[i].where ==
			                  BEHIND_AT ? at + 1 : seen, at &&
			                  rows[i].where == BEFORE_AT ? at : end,
			                  rows[i].is_bad);
	put_fault(out, fault, letters);
	buf_adds(out, buf_text(&named));
	buf_release(&named);
}

const char *
flaw_named(const char *value, const char *fault, struct arena *a)
{
	struct buf out = { 0 }, seen = { 0 };
	const char *told;

	buf_adds(&seen, "");
	invisible_remove(&seen, value);
	put_named(&out, seen.data, fault);
	told = arena_strdup(a, out.data);
	buf_release(&seen);
	buf_release(&out);
	return told;
}
