/*
 * Lines end at spaces; columns count, not bytes or characters: those of East
 * Asia have two, and marks that combine none (libunistring).
 */
#include "base/wrap.h"

#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <uniwidth.h>

#include "base/buf.h"
#include "base/mem.h"
#include "base/term.h"
#include "base/term_width.h"

static const char more[] = " ...";

/* So many bytes a byte becomes at most when it is made safe; and "...". */
enum { SAFE_GROWTH = 4, SAFE_ROOM = 8 };

/* Of UTF-8, which text is once it is made safe. */
static size_t
columns_of(const char *text, size_t len)
{
	int n = u8_width((const uint8_t *)text, len, "UTF-8");

	return n > 0 ? (size_t)n : 0;
}

size_t
wrap_columns(const char *text)
{
	return columns_of(text, strlen(text));
}

/* A screen that is narrower has narrower lines, and more of them. */
static size_t
screen_width(void)
{
	size_t width = term_width();

	return width < WRAP_WIDTH ? width : WRAP_WIDTH;
}

/* The last line keeps room for what says that there is more. */
static bool
goes_on_line(const char *word, size_t need, size_t at, bool is_last)
{
	size_t room = screen_width();

	if (is_last && at + 1 + wrap_columns(word) > room)
		room -= sizeof(more) - 1;
	return at + 1 + need <= room;
}

/* What has no blank is longer than a line, and the terminal breaks it. */
static size_t
broken(size_t at)
{
	return at ? (at - 1) / screen_width() : 0;
}

size_t
wrap_put(struct buf *out, size_t in, const char *text, size_t most)
{
	size_t at = in, lines = 1;
	const char *word = text;

	while (*word) {
		size_t len = strcspn(word, " ");
		size_t need = columns_of(word, len);
		/* A word that is longer than a line may have passed it. */
		bool is_last = most && lines + broken(at) >= most;

		if (at > in && !goes_on_line(word, need, at, is_last)) {
			if (is_last) {
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

/* Up to a space that is alone, between two others. */
static size_t
word_len(const char *text)
{
	size_t len = 0;

	while (text[len] && (text[len] != ' ' || !len || text[len - 1] == ' ' ||
	                     text[len + 1] == ' ' || !text[len + 1]))
		len++;
	return len;
}

/* AT is the column that HEAD ends in. */
static void
put_words(const char *word, size_t at, size_t in, size_t width)
{
	size_t begin = at;

	while (*word) {
		size_t len = word_len(word);
		size_t need = columns_of(word, len);

		if (at > begin && at + 1 + need > width) {
			printf("\n%*s", (int)in, "");
			begin = at = in;
		} else if (at > begin) {
			printf(" ");
			at++;
		}
		printf("%.*s", (int)len, word);
		at += need;
		word += len;
		word += *word == ' ';
	}
	printf("\n");
}

static void
put_safe(const char *head, size_t in, const char *text, size_t width)
{
	size_t size = strlen(text) * SAFE_GROWTH + SAFE_ROOM;
	char *safe = xmalloc(size);

	term_safe(safe, size, text);
	printf("%s", head);
	put_words(safe, columns_of(head, strlen(head)), in, width);
	free(safe);
}

void
wrap_hang(const char *head, size_t in, const char *text)
{
	put_safe(head, in, text, term_width());
}

void
wrap_item(const char *head, size_t in, const char *text)
{
	put_safe(head, in, text, term_width_is_told() ? term_width()
	                                              : SIZE_MAX);
}

void
wrap_print(const char *head, const char *text)
{
	wrap_hang(head, columns_of(head, strlen(head)), text);
}
