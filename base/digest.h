/* SHA-256 (FIPS 180-4), as the manifests record it. */
#ifndef BASE_DIGEST_H
#define BASE_DIGEST_H

#include <stddef.h>

enum { DIGEST_TEXT = 64 + 1 };    /* 64 hexadecimal digits and a NUL */

struct digest;

struct digest *digest_new(void);
void digest_add(struct digest *d, const void *data, size_t len);
/* Writes the digest of all that was added, and frees D. */
void digest_finish(struct digest *d, char text[DIGEST_TEXT]);
void digest_free(struct digest *d);

/* The digest of one piece. */
void digest_of(const void *data, size_t len, char text[DIGEST_TEXT]);

/* The same with a D that is used again and again; its content is lost. */
void digest_again(struct digest *d, const void *data, size_t len,
                  char text[DIGEST_TEXT]);

struct err;
/* That of the file PATH; 0, or -1 with ERR filled. */
int digest_file(const char *path, char text[DIGEST_TEXT], struct err *err);

#endif
