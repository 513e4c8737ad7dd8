/* Escapes in JSON strings (RFC 8259, section 7): the one reader of them. */
#ifndef BASE_JSON_ESCAPE_H
#define BASE_JSON_ESCAPE_H

#include <stddef.h>
#include <stdint.h>

/*
 * Reads the escape whose backslash is at *P; *P moves behind it and *CODE is
 * the character that it stands for. 0, or -1 with *P where the text is wrong
 * and *WANT what was wanted there.
 */
int json_escape(const char **p, const char *end, uint32_t *code,
                const char **want);

/* The same for the whole text of a string that is known to be right. */
size_t json_unescape(char *text, size_t len);

#endif
