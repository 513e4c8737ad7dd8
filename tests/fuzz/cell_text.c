/*
 * Fuzzes the escape of a workbook's cells: whatever the text, it is no longer
 * than a cell, has nothing that XML cannot hold, and is read back as it was.
 */
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include "base/buf.h"
#include "base/mem.h"
#include "base/utf8.h"
#include "report/xlsx/cell_text.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static int
is_escape(const char *p)
{
	return p[0] == '_' && p[1] == 'x' &&
	       strspn(p + 2, "0123456789abcdefABCDEF") >= 4 && p[6] == '_';
}

/* As a reader of workbooks does it. */
static void
unescape(struct buf *out, const char *p)
{
	while (*p) {
		unsigned long c;

		if (!is_escape(p)) {
			buf_addc(out, *p++);
			continue;
		}
		c = strtoul(p + 2, NULL, 16);
		if (c < 0x80)
			buf_addc(out, (char)c);
		else
			buf_addf(out, "\xef\xbf%c", (int)(c & 0x3f) | 0x80);
		p += 7;
	}
}

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	char *text = xstrndup((const char *)data, size);
	struct buf out = { 0 }, back = { 0 };

	/* Values of findings are UTF-8. */
	if (utf8_bad(text, strlen(text)) == strlen(text)) {
		enum cell_cut cut = cell_put_text(&out, text);
		const char *p = buf_text(&out);

		unescape(&back, p);
		if (utf8_units(p) > CELL_MOST || (cut == CELL_WHOLE &&
		    strcmp(buf_text(&back), text) != 0))
			abort();
		for (; *p; p++)
			if ((unsigned char)*p < 0x20 && *p != '\t' &&
			    *p != '\n')
				abort();
		if (strstr(buf_text(&out), "\xef\xbf\xbe") ||
		    strstr(buf_text(&out), "\xef\xbf\xbf"))
			abort();
	}
	buf_release(&out);
	buf_release(&back);
	free(text);
	return 0;
}
