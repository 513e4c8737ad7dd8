/* Lines end at blanks; characters count, not bytes. */
#include "report/wrap.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/buf.h"
#include "base/term.h"

static const char more[] = " ...";

/* Of UTF-8, which text is once it is made safe. */
static size_t
characters(const char *text, size_t len)
{
	size_t n = 0;

	for (size_t i = 0; i < len; i++)
		n += (text[i] & 0xc0) != 0x80;
	return n;
}

/* The last line keeps room for what says that there is more. */
static bool
goes_on_line(const char *word, size_t need, size_t at, bool is_last)
{
	size_t room = WRAP_WIDTH;

	if (is_last && at + 1 + characters(word, strlen(word)) > WRAP_WIDTH)
		room -= sizeof(more) - 1;
	return at + 1 + need <= room;
}

/* What has no blank is longer than a line, and the terminal breaks it. */
static size_t
broken(size_t at)
{
	return at > WRAP_WIDTH ? (at - 1) / WRAP_WIDTH : 0;
}

size_t
wrap_put(struct buf *out, size_t in, const char *text, size_t most)
{
	size_t at = in, lines = 1;
	const char *word = text;

	while (*word) {
		size_t len = strcspn(word, " ");
		size_t need = characters(word, len);

		if (at > in && !goes_on_line(word, need, at, lines == most)) {
			if (lines == most) {
				buf_adds(out, more);
				break;
			}
			lines += 1 + broken(at);
			buf_addf(out, "\n%*s", (int)in, "");
			at = in;
		} else if (at > in) {
			buf_addc(out, ' ');
			at++;
		}
		buf_add(out, word, len);
		at += need;
		word += len;
		word += strspn(word, " ");
	}
	buf_addc(out, '\n');
	return lines + broken(at);
}

size_t
wrap_put_head(struct buf *out, const char *head, const char *text, size_t most)
{
	buf_adds(out, head);
	return wrap_put(out, strlen(head), text, most);
}

void
wrap_print(const char *head, const char *text)
{
	struct buf out = { 0 };

	wrap_put_head(&out, head, term_text(text), WRAP_ALL);
	printf("%s", buf_text(&out));
	buf_release(&out);
}
