/*
 * The one escape for Markdown. Backslashes would keep markup from acting, but
 * not what trackers make of the text behind it: @names, #numbers, :faces:,
 * addresses. In a code span none of that happens.
 */
#include "report/export/md_text.h"

#include <stdbool.h>
#include <stdint.h>
#include <string.h>
#include <unistr.h>

#include "base/buf.h"
#include "base/invisible.h"

/* ---- values ---- */

/* Takes a character of P, and appends how it is shown. */
static size_t
show(struct buf *out, const char *p, size_t left)
{
	ucs4_t c;
	int n = u8_mbtoucr(&c, (const uint8_t *)p, left);

	if (n < 1)
		buf_addf(out, "\\x%02X", (unsigned char)*p);
	else if (invisible_is(c))
		buf_addf(out, "<U+%04X>", (unsigned)c);
	else
		buf_add(out, p, (size_t)n);
	return n < 1 ? 1 : (size_t)n;
}

/* How many backticks the longest run of TEXT has. */
static size_t
longest_run(const char *text)
{
	size_t longest = 0;

	while (*text) {
		size_t n = strspn(text, "`");

		longest = n > longest ? n : longest;
		text += n ? n : 1;
	}
	return longest;
}

static void
put_fence(struct buf *out, size_t n)
{
	while (n-- > 0)
		buf_addc(out, '`');
}

/* One space at each end belongs to the fence (CommonMark, section 6.1). */
static bool
wants_spaces(const struct buf *shown)
{
	char first = shown->data[0], last = shown->data[shown->len - 1];

	return first == '`' || last == '`' || (first == ' ' && last == ' ' &&
	       strspn(shown->data, " ") < shown->len);
}

static void
put_span(struct buf *out, const struct buf *shown, enum md_place place)
{
	size_t fence = longest_run(shown->data) + 1;
	const char *space = wants_spaces(shown) ? " " : "";

	put_fence(out, fence);
	buf_adds(out, space);
	for (const char *p = shown->data; *p; p++) {
		/* The cell is cut out, and its \| undone, before all else. */
		if (*p == '|' && place == MD_CELL)
			buf_addc(out, '\\');
		buf_addc(out, *p);
	}
	buf_adds(out, space);
	put_fence(out, fence);
}

static void
put_code(struct buf *out, const char *text, size_t len, enum md_place place)
{
	struct buf shown = { 0 };
	size_t at = 0;

	while (at < len && at < MD_VALUE_MAX)
		at += show(&shown, text + at, len - at);
	if (shown.len)
		put_span(out, &shown, place);
	if (at < len)
		buf_addf(out, " (cut, %zu bytes)", len);
	buf_release(&shown);
}

void
md_put_value(struct buf *out, const char *text, enum md_place place)
{
	if (text && *text)
		put_code(out, text, strlen(text), place);
	else
		buf_adds(out, "(empty)");
}

/* ---- sentences ---- */

static bool
is_alnum(char c)
{
	return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') ||
	       (c >= '0' && c <= '9');
}

/* Whether all of it is letters, digits, and punctuation that does nothing. */
static bool
is_harmless(const char *word, size_t len)
{
	for (size_t at = 0; at < len; ) {
		ucs4_t c;
		int n = u8_mbtoucr(&c, (const uint8_t *)word + at, len - at);

		if (n < 1 || invisible_is(c))
			return false;
		if (c < 0x80 && !is_alnum((char)c) &&
		    !strchr(".,;()'\"/%-?!", (char)c))
			return false;
		at += (size_t)n;
	}
	return len < 4 || strncasecmp(word, "www.", 4) != 0;
}

/* Whether a line of a list, or a heading, may begin with it. */
static bool
begins_nothing(const char *word, size_t len)
{
	size_t digits = strspn(word, "0123456789");

	if (digits && digits < len && strchr(".)", word[digits]))
		return false;
	return is_alnum(word[0]) || (unsigned char)word[0] >= 0x80;
}

enum md_word { MD_FIRST, MD_LATER };

static void
put_word(struct buf *out, const char *word, size_t len, enum md_word which,
         enum md_place place)
{
	size_t head = 0, tail = len;

	while (head < tail && strchr("(\"", word[head]))
		head++;
	while (tail > head && strchr(".,;:)\"?!", word[tail - 1]))
		tail--;
	if (is_harmless(word + head, tail - head) &&
	    (which == MD_LATER || begins_nothing(word, len))) {
		buf_add(out, word, len);
		return;
	}
	if (which == MD_FIRST || head == tail) {
		put_code(out, word, len, place);
		return;
	}
	buf_add(out, word, head);
	put_code(out, word + head, tail - head, place);
	buf_add(out, word + tail, len - tail);
}

void
md_put_text(struct buf *out, const char *text, enum md_place place)
{
	enum md_word which = MD_FIRST;

	while (text && *text) {
		size_t spaces = strspn(text, " ");
		size_t len = strcspn(text + spaces, " ");

		if (spaces && which == MD_LATER)
			buf_addc(out, ' ');
		if (len)
			put_word(out, text + spaces, len, which, place);
		text += spaces + len;
		which = MD_LATER;
	}
}
