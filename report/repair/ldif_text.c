/* SAFE-STRING, base64 and folding (RFC 2849, notes 2, 4 and 8). */
#include "report/repair/ldif_text.h"

#include <stdbool.h>
#include <stddef.h>
#include <string.h>

#include "base/base64.h"
#include "base/buf.h"

enum { LDIF_LINE = 76 };

/* Control characters are safe for LDIF, and not for who looks at it. */
static bool
is_safe(const char *value)
{
	size_t len = strlen(value);

	if (len && (strchr(" :<", value[0]) || value[len - 1] == ' '))
		return false;
	for (size_t i = 0; i < len; i++)
		if (value[i] < ' ' || value[i] > '~')
			return false;
	return true;
}

/* A line that goes on begins with one blank, which counts. */
static void
put_folded(struct buf *out, const char *text, size_t len)
{
	size_t room = LDIF_LINE;

	while (len > room) {
		buf_add(out, text, room);
		buf_adds(out, "\r\n ");
		text += room;
		len -= room;
		room = LDIF_LINE - 1;
	}
	buf_add(out, text, len);
	buf_adds(out, "\r\n");
}

void
ldif_put_line(struct buf *out, const char *name, const char *value)
{
	struct buf line = { 0 };

	if (is_safe(value)) {
		buf_addf(&line, "%s: %s", name, value);
	} else {
		buf_addf(&line, "%s:: ", name);
		base64_encode(&line, (const unsigned char *)value,
		              strlen(value));
	}
	put_folded(out, line.data, line.len);
	buf_release(&line);
}
