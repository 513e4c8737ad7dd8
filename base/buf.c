/* Rooms double; what would pass the ceiling is refused and marked. */
#include "base/buf.h"

#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/mem.h"

void
buf_init(struct buf *b, size_t max)
{
	*b = (struct buf){ .max = max };
}

void
buf_release(struct buf *b)
{
	free(b->data);
	*b = (struct buf){ .max = b->max };
}

void
buf_wipe(struct buf *b)
{
	if (b->data)
		explicit_bzero(b->data, b->room);
	buf_release(b);
}

void
buf_clear(struct buf *b)
{
	b->len = 0;
	b->full = false;
	if (b->data)
		b->data[0] = '\0';
}

/* Makes room for MORE bytes and the NUL; false when that passes the ceiling. */
static bool
reserve(struct buf *b, size_t more)
{
	size_t room = b->room ? b->room : 64;

	if (b->full || (b->max && more > b->max - b->len)) {
		b->full = true;
		return false;
	}
	if (b->room > b->len && b->room - b->len > more)
		return true;
	while (room - b->len <= more)
		room *= 2;
	if (room != b->room) {
		b->data = xrealloc(b->data, room);
		b->room = room;
	}
	return true;
}

void
buf_add(struct buf *b, const char *data, size_t len)
{
	if (!reserve(b, len))
		return;
	if (len)
		memcpy(b->data + b->len, data, len);
	b->len += len;
	b->data[b->len] = '\0';
}

char *
buf_extend_slowly(struct buf *b, size_t len)
{
	if (!reserve(b, len))
		return NULL;
	b->len += len;
	b->data[b->len] = '\0';
	return b->data + b->len - len;
}

void
buf_add_listed(struct buf *b, const char *word, size_t i, size_t n)
{
	buf_adds(b, i == 0 ? "" : i + 1 < n ? ", " : " or ");
	buf_adds(b, word);
}

void
buf_addf(struct buf *b, const char *fmt, ...)
{
	va_list ap;
	int n;

	va_start(ap, fmt);
	n = vsnprintf(NULL, 0, fmt, ap);
	va_end(ap);
	if (n < 0 || !reserve(b, (size_t)n))
		return;
	va_start(ap, fmt);
	vsnprintf(b->data + b->len, (size_t)n + 1, fmt, ap);
	va_end(ap);
	b->len += (size_t)n;
}

const char *
buf_text(const struct buf *b)
{
	return b->data ? b->data : "";
}

char *
buf_detach(struct buf *b)
{
	char *out = b->data ? b->data : xstrdup("");

	*b = (struct buf){ .max = b->max };
	return out;
}
