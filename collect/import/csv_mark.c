/* Leaves byte-order marks out; see csv_mark.h. */
#include "collect/import/csv_mark.h"

#include <string.h>

static const char mark[] = "\xef\xbb\xbf";

static void
take_byte(struct csv_mark_filter *f, char c)
{
	if (!f->inside && c == mark[f->matched]) {
		f->matched = f->matched + 1 < sizeof(mark) - 1
			? f->matched + 1 : 0;
		return;
	}
	buf_add(&f->out, mark, f->matched);
	f->matched = 0;
	buf_addc(&f->out, c);
	f->inside = c != '\n';
}

void
csv_mark_strip(struct csv_mark_filter *f, const char **data, size_t *len)
{
	if (!f->matched && !memchr(*data, mark[0], *len)) {
		if (*len)
			f->inside = (*data)[*len - 1] != '\n';
		return;
	}
	buf_clear(&f->out);
	for (size_t i = 0; i < *len; i++)
		take_byte(f, (*data)[i]);
	*data = buf_text(&f->out);
	*len = f->out.len;
}

void
csv_mark_release(struct csv_mark_filter *f)
{
	buf_release(&f->out);
}
