/*
 * Bytes that grow up to a ceiling. There is always a NUL behind the last byte,
 * so that .data can be read as a string once anything was added. An add that
 * would pass the ceiling leaves the buffer as it was and marks it as .full:
 * callers that take input check it, once, where they can name the place.
 */
#ifndef BASE_BUF_H
#define BASE_BUF_H

#include <stdbool.h>
#include <stddef.h>
#include <string.h>

struct buf {
	char *data;
	size_t len;
	size_t room;      /* allocated */
	size_t max;       /* ceiling for len; 0: none */
	bool full;        /* an add was refused */
};

/* A zeroed struct buf is ready, without a ceiling. Release takes that too. */
void buf_init(struct buf *b, size_t max);
void buf_release(struct buf *b);
/* The same, and overwrites the bytes first, for secrets. */
void buf_wipe(struct buf *b);
/* Forgets the bytes and keeps the storage. */
void buf_clear(struct buf *b);
void buf_add(struct buf *b, const char *data, size_t len);
/*
 * Room for LEN bytes at the end, which the caller fills; NULL when they would
 * pass the ceiling.
 */
char *buf_extend_slowly(struct buf *b, size_t len);

static inline char *
buf_extend(struct buf *b, size_t len)
{
	/* Small pieces mostly find room. */
	if (b->room - b->len <= len || b->full ||
	    (b->max && b->max - b->len < len))
		return buf_extend_slowly(b, len);
	b->len += len;
	b->data[b->len] = '\0';
	return b->data + b->len - len;
}

static inline void
buf_addc(struct buf *b, char c)
{
	char *at = buf_extend(b, 1);

	if (at)
		*at = c;
}

/* The length of a literal is known when it is compiled. */
static inline void
buf_adds(struct buf *b, const char *text)
{
	buf_add(b, text, strlen(text));
}

void buf_addf(struct buf *b, const char *fmt, ...)
	__attribute__((format(printf, 2, 3)));
/* Appends WORD, the I-th of N from 0, to a list: "a, b or c". */
void buf_add_listed(struct buf *b, const char *word, size_t i, size_t n);
/* The text; never NULL. Borrowed until the next change. */
const char *buf_text(const struct buf *b);
/* The storage is now the caller's, who frees it; B is empty. */
char *buf_detach(struct buf *b);

#endif
