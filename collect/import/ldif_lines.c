/* Joins what was folded, and numbers lines for messages. */
#include "collect/import/ldif_lines.h"

#include <string.h>

#include "base/err.h"

void
ldif_lines_init(struct ldif_lines *l, const char *name,
                struct ldif_lines_sink *sink)
{
	*l = (struct ldif_lines){ .name = name, .sink = sink, .number = 1 };
	buf_init(&l->piece, LDIF_LINE_MAX);
	buf_init(&l->line, LDIF_LINE_MAX);
}

void
ldif_lines_release(struct ldif_lines *l)
{
	buf_release(&l->piece);
	buf_release(&l->line);
}

static int
wrong(const struct ldif_lines *l, uint64_t line, const char *what,
      struct err *err)
{
	return err_input(err, "%s:%llu: %s", l->name,
	                 (unsigned long long)line, what);
}

/* The logical line that was gathered is whole. */
static int
end_line(struct ldif_lines *l, struct err *err)
{
	int rc;

	if (!l->has_line)
		return 0;
	rc = l->sink->line(l->sink, l->line.data, l->line.len, err);
	l->has_line = false;
	buf_clear(&l->line);
	return rc;
}

/* What is wrong with an earlier line counts first. */
static int
too_long(struct ldif_lines *l, struct err *err)
{
	if (end_line(l, err) < 0)
		return -1;
	return wrong(l, l->number, "a line of more than 16 MiB; want LDIF",
	             err);
}

/* U+FEFF in UTF-8. */
static bool
begins_with_mark(const char *p, size_t len)
{
	return len >= 3 && memcmp(p, "\xEF\xBB\xBF", 3) == 0;
}

/* Here another file begins, which was put behind this one: a record, too. */
static int
take_mark(struct ldif_lines *l, struct err *err)
{
	return end_line(l, err) < 0 ? -1 : l->sink->blank(l->sink, err);
}

/* A physical line, without its end. */
static int
take_physical(struct ldif_lines *l, const char *p, size_t len,
              struct err *err)
{
	if (len && p[len - 1] == '\r')
		len--;
	for (; begins_with_mark(p, len); p += 3, len -= 3)
		if (take_mark(l, err) < 0)
			return -1;
	if (len && *p == ' ') {
		if (!l->has_line)
			return wrong(l, l->number, "a line that goes on from "
			             "none; want \"attribute: value\"", err);
		buf_add(&l->line, p + 1, len - 1);
		if (l->line.full)
			return wrong(l, l->begin, "a value of more than 16 "
			             "MiB; want a shorter one", err);
		return 0;
	}
	if (end_line(l, err) < 0)
		return -1;
	if (!len)
		return l->sink->blank(l->sink, err);
	buf_add(&l->line, p, len);
	l->has_line = true;
	l->begin = l->number;
	return 0;
}

/*
 * A physical line that stands in the block as a whole. What follows tells
 * whether it is a logical line, too, which then need not be copied.
 */
static int
take_whole(struct ldif_lines *l, const char *p, size_t len, char next,
           struct err *err)
{
	if (!len || *p == ' ' || *p == '\r' || next == ' ' ||
	    begins_with_mark(p, len))
		return take_physical(l, p, len, err);
	if (end_line(l, err) < 0)
		return -1;
	l->begin = l->number;
	return l->sink->line(l->sink, p, len - (p[len - 1] == '\r'), err);
}

/* A line of which some came with an earlier block; END: all of it is here. */
static int
take_piece(struct ldif_lines *l, const char *end, struct err *err)
{
	int rc;

	if (l->piece.full)
		return too_long(l, err);
	if (!end)
		return 0;
	rc = take_physical(l, buf_text(&l->piece), l->piece.len, err);
	buf_clear(&l->piece);
	return rc;
}

int
ldif_lines_feed(struct ldif_lines *l, const char *data, size_t len,
                struct err *err)
{
	const char *end = data + len;

	while (data < end) {
		const char *nl = memchr(data, '\n', (size_t)(end - data));
		size_t take = (size_t)((nl ? nl : end) - data);
		int rc;

		if (take > LDIF_LINE_MAX)
			return too_long(l, err);
		if (!nl || l->piece.len) {
			buf_add(&l->piece, data, take);
			rc = take_piece(l, nl, err);
		} else {
			rc = take_whole(l, data, take,
			                nl + 1 < end ? nl[1] : ' ', err);
		}
		if (rc < 0)
			return -1;
		l->number += nl != NULL;
		data += take + (nl != NULL);
	}
	return 0;
}

int
ldif_lines_finish(struct ldif_lines *l, struct err *err)
{
	if (!l->piece.len)
		return end_line(l, err);
	/* What is wrong with an earlier line counts first. */
	if (*l->piece.data != ' ' && end_line(l, err) < 0)
		return -1;
	if (memchr(l->piece.data, '\r', l->piece.len - 1))
		return wrong(l, l->number, "has line ends of carriage returns "
		             "alone; want line feeds", err);
	return wrong(l, l->number, "ends in the middle of a line; want a line "
	             "end (is the file cut?)", err);
}
