/*
 * Fuzzes the marks of what nobody sees: whatever the bytes, what comes out is
 * text, all of it is seen, and marked again it is the same.
 */
#include <stdint.h>
#include <stdlib.h>
#include <string.h>
#include <unistr.h>

#include "base/buf.h"
#include "base/dn.h"
#include "base/invisible.h"
#include "base/invisible_text.h"
#include "base/mem.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static void
check_seen(const struct buf *text)
{
	const char *p = buf_text(text);
	size_t left = text->len;

	if (strlen(p) != left)
		abort();
	while (left > 0) {
		ucs4_t c;
		int n = u8_mbtoucr(&c, (const uint8_t *)p, left);

		if (n < 1 || invisible_is(c))
			abort();
		p += n;
		left -= (size_t)n;
	}
}

static void
check_again(const struct buf *text)
{
	struct buf again = { 0 };

	invisible_mark(&again, buf_text(text));
	if (again.len != text->len ||
	    memcmp(buf_text(&again), buf_text(text), text->len) != 0)
		abort();
	buf_release(&again);
}

/* What is seen comes out as it went in. */
static void
check_plain(const char *text, const struct buf *marked)
{
	if (u8_check((const uint8_t *)text, strlen(text)) ||
	    invisible_any(text))
		return;
	if (strcmp(text, buf_text(marked)) != 0)
		abort();
}

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	char *text = xstrndup((const char *)data, size);
	struct buf bytes = { 0 }, marked = { 0 }, place = { 0 };

	invisible_mark_bytes(&bytes, (const char *)data, size);
	check_seen(&bytes);
	check_again(&bytes);
	invisible_mark(&marked, text);
	check_seen(&marked);
	check_plain(text, &marked);
	dn_canonical(&place, text);
	check_seen(&place);
	buf_release(&bytes);
	buf_release(&marked);
	buf_release(&place);
	free(text);
	return 0;
}
