/* Sentences on the terminal. */
#ifndef BASE_WRAP_H
#define BASE_WRAP_H

#include <stddef.h>

struct buf;

enum { WRAP_WIDTH = 80, WRAP_ALL = 0, SENTENCE_LINES = 2 };

/* How many columns the line TEXT takes. */
size_t wrap_columns(const char *text);

/*
 * Appends TEXT, which is safe for a terminal, as lines of 80 columns, or of as
 * few as the terminal has: the first begins at column IN, and further ones are
 * as far in. Of more lines than MOST the rest is cut, which "..." says;
 * WRAP_ALL: none. How many lines it takes. What has no space is never cut, so
 * that names can be copied.
 */
size_t wrap_put(struct buf *out, size_t in, const char *text, size_t most);
/* The same behind HEAD, which is one line. */
size_t wrap_put_head(struct buf *out, const char *head, const char *text,
                     size_t most);

/*
 * Prints TEXT, made safe, behind HEAD, as wide as the terminal is; further
 * lines are as far in as HEAD is wide. Lines end at single spaces: several in a
 * row are part of a value and stay.
 */
void wrap_print(const char *head, const char *text);
/* The same, with further lines IN columns in. */
void wrap_hang(const char *head, size_t in, const char *text);
/*
 * The same of a line of a list that programs look into: where nothing says how
 * wide the terminal is, it stays whole.
 */
void wrap_item(const char *head, size_t in, const char *text);

#endif
