/* Words in lines of at most 80 columns. */
#ifndef COLLECT_IMPORT_WRAP_H
#define COLLECT_IMPORT_WRAP_H

#include <stddef.h>

#include "base/buf.h"

/* Where a line may end, and what it ends in when it goes on. */
enum wrap_at {
	WRAP_TEXT,               /* between any words */
	WRAP_SHELL,              /* the same, with a backslash */
	WRAP_POWERSHELL,         /* behind ",", ";", "|" and "{" */
};

struct wrap {
	struct buf *out;
	size_t indent;           /* of lines that go on */
	enum wrap_at at;
	size_t column;
	struct buf held;         /* what stays together */
};

/* At the beginning of a line, INDENT blanks in. */
struct wrap wrap_begin(struct buf *out, size_t indent, enum wrap_at at);
/* A word, which is never taken apart; after a blank if it is not the first. */
void wrap_word(struct wrap *w, const char *word);
/* The same for each word of a text. */
void wrap_words(struct wrap *w, const char *text);
/* Ends the line. */
void wrap_end(struct wrap *w);

#endif
