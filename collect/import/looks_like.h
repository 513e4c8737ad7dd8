/*
 * What a file is that is no input, and what to do about it: the half of a
 * sentence that follows "FILE: ". The caller frees each; NULL says that nothing
 * is known. DATA and HEAD are how the file begins, cut anywhere.
 */
#ifndef COLLECT_IMPORT_LOOKS_LIKE_H
#define COLLECT_IMPORT_LOOKS_LIKE_H

#include <stddef.h>

/* Files that are no text, by their first bytes. */
char *looks_like_bytes(const char *data, size_t len);
/* UTF-16 that begins without a byte-order mark: its name for --encoding. */
const char *looks_like_utf16(const char *data, size_t len);
/* Text that a source might take for its own: settings, lists of ours. */
char *looks_like_other(const char *head, size_t len);
/* Text that no source takes. */
char *looks_like_text(const char *head, size_t len);

/* Of the former, JSON (looks_like_json.c), with a NUL behind it. */
char *looks_like_json(const char *text);

#endif
