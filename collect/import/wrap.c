/* Breaks lines between words. */
#include "collect/import/wrap.h"

#include <stdlib.h>
#include <string.h>

#include "base/mem.h"

enum { WIDTH = 80, MORE = 4 };

struct wrap
wrap_begin(struct buf *out, size_t indent, enum wrap_at at)
{
	buf_addf(out, "%*s", (int)indent, "");
	return (struct wrap){ .out = out, .indent = indent + MORE, .at = at };
}

static void
put_held(struct wrap *w)
{
	const char *on = w->at == WRAP_SHELL ? " \\" : "";

	if (!w->held.len)
		return;
	if (!w->column) {
		w->column = w->indent - MORE;
	} else if (w->column + 1 + w->held.len + strlen(on) > WIDTH) {
		buf_addf(w->out, "%s\n%*s", on, (int)w->indent, "");
		w->column = w->indent;
	} else {
		buf_addc(w->out, ' ');
		w->column++;
	}
	buf_add(w->out, w->held.data, w->held.len);
	w->column += w->held.len;
	buf_clear(&w->held);
}

void
wrap_word(struct wrap *w, const char *word)
{
	size_t len = strlen(word);

	if (w->held.len)
		buf_addc(&w->held, ' ');
	buf_add(&w->held, word, len);
	if (w->at != WRAP_POWERSHELL || (len && strchr(",;|{", word[len - 1])))
		put_held(w);
}

void
wrap_words(struct wrap *w, const char *text)
{
	char *copy = xstrdup(text), *rest = copy, *word;

	while ((word = strsep(&rest, " ")))
		if (*word)
			wrap_word(w, word);
	free(copy);
}

void
wrap_end(struct wrap *w)
{
	put_held(w);
	buf_release(&w->held);
	buf_addc(w->out, '\n');
}
