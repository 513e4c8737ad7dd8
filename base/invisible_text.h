/* What nobody sees of a text, in words. */
#ifndef BASE_INVISIBLE_TEXT_H
#define BASE_INVISIBLE_TEXT_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

struct buf;

/* Appends "U+00A0 no-break space"; of U+0020 "space". */
void invisible_name(struct buf *out, uint32_t character);

/*
 * Appends what is invisible in the UTF-8 of TEXT, each kind once: "U+00A0
 * no-break space, ends with a space". Nothing where all is seen; false then.
 */
bool invisible_describe(struct buf *out, const char *text);

/* Whether TEXT has such characters other than spaces. */
bool invisible_any(const char *text);
/* Whether it has a space, or one of those, anywhere; or at an end of it. */
bool invisible_or_space(const char *text);
bool invisible_at_edge(const char *text);
/* Appends TEXT without them. */
void invisible_remove(struct buf *out, const char *text);
/*
 * Appends TEXT with "<U+200B>" in the place of each, and "<0x9B>" in that of a
 * byte that is not UTF-8: what comes out is text, and all of it is seen.
 */
void invisible_mark(struct buf *out, const char *text);
/*
 * The same of a sentence, in which a space that nobody sees is <U+0020>: that a
 * value ends with, or begins, before a sign, before or behind another space.
 */
void invisible_mark_told(struct buf *out, const char *text);
/* Likewise LEN bytes, of which one may be zero. */
void invisible_mark_bytes(struct buf *out, const char *text, size_t len);
/* Whether TEXT, which is not empty, shows nothing at all. */
bool invisible_all(const char *text);

#endif
