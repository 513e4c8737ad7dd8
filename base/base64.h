/* Base64 of RFC 4648 section 4, strict: padding is wanted, blanks are not. */
#ifndef BASE_BASE64_H
#define BASE_BASE64_H

#include <stddef.h>

struct buf;

/* Appends the text of LEN bytes. */
void base64_encode(struct buf *out, const unsigned char *data, size_t len);

/* Appends the bytes of TEXT; 0, or -1 when it is not base64. */
int base64_decode(struct buf *out, const char *text, size_t len);


/*
 * The same for a short value, without a buffer: the number of bytes written to
 * OUT, which has room for MAX; -1 when the text is wrong or longer.
 */
long base64_bytes(unsigned char *out, size_t max, const char *text,
                  size_t len);

#endif
