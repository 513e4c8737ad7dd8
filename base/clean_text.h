/* A text without what nobody meant to write into it. */
#ifndef BASE_CLEAN_TEXT_H
#define BASE_CLEAN_TEXT_H

struct buf;

/*
 * Appends TEXT without the blanks and invisible characters at its edges, and
 * without the marks and joiners within it that have no width: what is left
 * says the same. Blanks within it stay, as do bytes that are no UTF-8.
 */
void clean_text(struct buf *out, const char *text);

/* Appends TEXT without white space (Unicode's White_Space) at its edges. */
void trim_text(struct buf *out, const char *text);

#endif
