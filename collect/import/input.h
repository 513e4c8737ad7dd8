/*
 * Files that are imported, as the parsers want them: UTF-8 without byte-order
 * mark, in blocks of bounded size. UTF-16 is known by its mark; another
 * encoding must be named. What an input hands out belongs to it.
 */
#ifndef COLLECT_IMPORT_INPUT_H
#define COLLECT_IMPORT_INPUT_H

#include <stddef.h>
#include <stdint.h>

#include "base/digest.h"
#include "base/when.h"

struct err;
struct input;
struct stream;

/*
 * Reads how STREAM begins, which from now on belongs to the input; PATH stands
 * for it in errors. NULL with ERR filled when it cannot be read.
 */
struct input *input_open(struct stream *stream, const char *path,
                         struct err *err);
void input_close(struct input *in);

/* Its first bytes as they are, at most SOURCE_HEAD; before input_begin. */
const char *input_bytes(const struct input *in, size_t *len);
/*
 * Makes text of them. ENCODING is a name that iconv knows, for inputs without a
 * mark, or NULL: then their bytes pass as they are, and the parsers check that
 * they are UTF-8. -1 with ERR filled for an empty input and for what is no
 * text; the head is then what comes before the fault.
 */
int input_begin(struct input *in, const char *encoding, struct err *err);

/* How the text begins, at most SOURCE_HEAD bytes; before input_next. */
const char *input_head(const struct input *in, size_t *len);
/* 1 with the next block, 0 at the end, -1 with ERR filled. */
int input_next(struct input *in, const char **data, size_t *len,
               struct err *err);

/* When input_next has given 0: the SHA-256 of the bytes of the file. */
void input_digest(struct input *in, char digest[DIGEST_TEXT]);
/* When it was modified last; its bytes, SIZE_UNKNOWN if that is not told. */
when_t input_modified(const struct input *in);
uint64_t input_size(const struct input *in);

#endif
