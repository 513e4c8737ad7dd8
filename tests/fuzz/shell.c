/*
 * Fuzzes words of told commands. A reader of a shell of its own (POSIX, Shell
 * Command Language 2.2 and 2.3) goes through what was written: there is
 * one word, it is the one that was given, and nothing of it acts.
 */
#include <stdint.h>
#include <stdlib.h>
#include <string.h>
#include <unistr.h>

#include "base/buf.h"
#include "base/invisible.h"
#include "base/mem.h"
#include "base/shell.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

/* Behind the quotes that begin before P; what stands in them goes to WORD. */
static const char *
read_quoted(struct buf *word, const char *p)
{
	const char *end = strchr(p, '\'');

	if (!end)
		abort();
	buf_add(word, p, (size_t)(end - p));
	return end + 1;
}

/* The only word of TEXT; abort where a shell would find another one, or act. */
static void
read_word(struct buf *word, const char *text)
{
	if (!*text || strchr("~#", *text))
		abort();
	while (*text) {
		if (*text == '\'') {
			text = read_quoted(word, text + 1);
		} else if (*text == '\\') {
			if (!text[1] || text[1] == '\n')
				abort();
			buf_addc(word, text[1]);
			text += 2;
		} else {
			if (strchr(" \t\n|&;<>()$`\"*?[]{}!^", *text))
				abort();
			buf_addc(word, *text++);
		}
	}
}

static void
check_word(const char *told, const char *want)
{
	struct buf word = { 0 };

	read_word(&word, told);
	if (strcmp(buf_text(&word), want) != 0)
		abort();
	buf_release(&word);
}

static void
check_seen(const char *text)
{
	size_t left = strlen(text);

	while (left > 0) {
		ucs4_t c;
		int n = u8_mbtoucr(&c, (const uint8_t *)text, left);

		if (n < 1 || invisible_is(c))
			abort();
		text += n;
		left -= (size_t)n;
	}
}

/* A path is told as it is, or not at all. */
static void
check_path(const char *text)
{
	struct buf told = { 0 }, want = { 0 };

	shell_put_path(&told, text, "FOLDER");
	check_seen(told.data);
	if (*told.data == '-')
		abort();
	if (*text == '-')
		buf_adds(&want, "./");
	buf_adds(&want, text);
	check_word(told.data, shell_is_sayable(text) ? buf_text(&want)
	                                             : "FOLDER");
	buf_release(&told);
	buf_release(&want);
}

static void
check_name(const char *text)
{
	struct buf told = { 0 };
	const char *word;

	shell_put_name(&told, text, "OBJECT");
	check_seen(told.data);
	word = told.data;
	if (strncmp(word, "-- ", 3) == 0)
		word += 3;
	else if (*word == '-')
		abort();
	check_word(word, shell_is_sayable(text) ? text : "OBJECT");
	buf_release(&told);
}

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	char *text = xstrndup((const char *)data, size);
	struct buf out = { 0 };

	shell_quote(&out, text);
	check_word(out.data, text);
	check_path(text);
	check_name(text);
	buf_release(&out);
	free(text);
	return 0;
}
