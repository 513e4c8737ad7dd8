/*
 * Fuzzes the escape of LDIF. A reader of its own (RFC 2849) unfolds the line
 * and takes it apart: it must be short, have no byte that acts, and be the
 * value that was given.
 */
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include "base/base64.h"
#include "base/buf.h"
#include "base/mem.h"
#include "report/repair/ldif_text.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static const char name[] = "displayName";

enum { LINE_MAX_BYTES = 76 };

/* Without line ends, and the blanks behind them. */
static void
unfold(struct buf *out, const char *p)
{
	while (*p) {
		size_t len = strcspn(p, "\r");

		if (len > LINE_MAX_BYTES || strncmp(p + len, "\r\n", 2) != 0)
			abort();
		buf_add(out, p, len);
		p += len + 2;
		if (*p && *p++ != ' ')
			abort();
	}
}

static void
check_plain(const char *value)
{
	size_t len = strlen(value);

	if (len && (strchr(" :<", value[0]) || value[len - 1] == ' '))
		abort();
}

static void
check(const char *line, const char *want)
{
	struct buf value = { 0 };

	for (const char *p = line; *p; p++)
		if (*p < ' ' || *p > '~')
			abort();
	if (strncmp(line, name, sizeof(name) - 1) != 0)
		abort();
	line += sizeof(name) - 1;
	if (strncmp(line, ":: ", 3) == 0) {
		if (base64_decode(&value, line + 3, strlen(line + 3)) < 0)
			abort();
	} else if (strncmp(line, ": ", 2) == 0) {
		buf_adds(&value, line + 2);
		check_plain(line + 2);
	} else {
		abort();
	}
	if (strcmp(buf_text(&value), want) != 0)
		abort();
	buf_release(&value);
}

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	char *text = xstrndup((const char *)data, size);
	struct buf out = { 0 }, line = { 0 };

	ldif_put_line(&out, name, text);
	unfold(&line, buf_text(&out));
	check(buf_text(&line), text);
	buf_release(&out);
	buf_release(&line);
	free(text);
	return 0;
}
