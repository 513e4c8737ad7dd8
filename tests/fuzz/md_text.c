/*
 * Fuzzes the escape of Markdown. A reader of code spans of its own (CommonMark,
 * section 6.1) goes through what was printed: outside of them nothing may act,
 * in a cell no bar may end it, and no byte may break a line.
 */
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include "base/buf.h"
#include "base/mem.h"
#include "base/utf8.h"
#include "report/export/md_text.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

/* Behind the code span that begins at P; NULL: it has no end. */
static const char *
span_end(const char *p)
{
	size_t fence = strspn(p, "`");

	for (p += fence; *p; ) {
		size_t n = strspn(p, "`");

		if (n == fence)
			return p + n;
		p += n ? n : 1;
	}
	return NULL;
}

static void
check_bytes(const struct buf *out, enum md_place place)
{
	if (utf8_bad(buf_text(out), out->len) != out->len)
		abort();
	for (size_t i = 0; i < out->len; i++) {
		if ((unsigned char)out->data[i] < 0x20)
			abort();
		if (out->data[i] == '|' && place == MD_CELL &&
		    (!i || out->data[i - 1] != '\\'))
			abort();
	}
}

static void
check_spans(const char *p)
{
	while (*p) {
		if (*p == '`') {
			p = span_end(p);
			if (!p)
				abort();
		} else if (strchr("*_[]<>|~$#@&\\", *p++)) {
			abort();
		}
	}
}

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	char *text = xstrndup((const char *)data, size);

	for (int place = MD_LINE; place <= MD_CELL; place++) {
		struct buf out = { 0 };

		md_put_value(&out, text, (enum md_place)place);
		check_bytes(&out, (enum md_place)place);
		check_spans(buf_text(&out));
		if (*text && out.data[0] != '`')
			abort();
		buf_clear(&out);
		md_put_text(&out, text, (enum md_place)place);
		check_bytes(&out, (enum md_place)place);
		check_spans(buf_text(&out));
		buf_release(&out);
	}
	free(text);
	return 0;
}
