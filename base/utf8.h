/* UTF-8: the check, and folding for names that compare without case. */
#ifndef BASE_UTF8_H
#define BASE_UTF8_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

struct arena;
struct buf;

/*
 * The offset of the first byte that is not UTF-8 (RFC 3629: no surrogates, no
 * overlong forms), or LEN when all of it is.
 */
size_t utf8_bad(const char *text, size_t len);

/* Whether it is ASCII, as most text is. */
bool utf8_is_ascii(const char *text, size_t len);

/* How many UTF-16 units TEXT has, in which AD and the cloud count lengths. */
size_t utf8_units(const char *text);
/* Whether it has more than MOST, which few texts have. */
bool utf8_is_longer(const char *text, size_t most);

/*
 * Appends LEN bytes of UTF-16 that begin with a byte-order mark, without it. 0,
 * or -1 when they do not, or are not UTF-16.
 */
int utf8_from_utf16(struct buf *out, const char *data, size_t len);

/*
 * Appends TEXT with Unicode case folding, composed (NFC): a letter and its mark
 * are what the letter with the mark is. TEXT must be UTF-8.
 */
void utf8_fold(struct buf *out, const char *text, size_t len);
/* The same of all of TEXT, as a text in A. */
char *utf8_folded(struct arena *a, const char *text);
/*
 * Likewise a domain, in letters of ASCII ("xn--", RFC 5890): its two forms are
 * one domain. What is none is only folded.
 */
void utf8_fold_domain(struct buf *out, const char *domain);
char *utf8_domain(struct arena *a, const char *domain);
/* Likewise a value, of which a domain is what stands behind the last @. */
void utf8_fold_value(struct buf *out, const char *value);

/*
 * Appends TEXT, with case folding, decomposed, and without characters that only
 * format: texts that AD and programs of .NET take for equal are equal bytes.
 */
void utf8_fold_alike(struct buf *out, const char *text);

/* Whether it is a letter, of whatever script. */
bool utf8_is_letter(uint32_t c);

/* The character that *P begins with; moves *P behind it. Not at the end. */
uint32_t utf8_take(const char **p);

/* Whether two values are one, as utf8_fold_value has them. */
bool utf8_same_folded(const char *a, const char *b);
/* Whether two domains are one, as utf8_fold_domain has them. */
bool utf8_same_domain(const char *a, const char *b);

/* Compares without ASCII case, as attribute names and addresses do. */
int ascii_casecmp(const char *a, const char *b);

#endif
