/* Security identifiers: the binary form of MS-DTYP 2.4.2.2 and "S-1-5-...". */
#ifndef BASE_SID_H
#define BASE_SID_H

#include <stdbool.h>
#include <stddef.h>

/* Enough for 15 sub-authorities. */
enum { SID_TEXT = 200, SID_BYTES = 8 + 4 * 15 };

bool sid_is_valid(const unsigned char *bytes, size_t len);

/* Writes the text of LEN bytes; 0, or -1 when they are no SID. */
int sid_format(const unsigned char *bytes, size_t len, char text[SID_TEXT]);

/* Reads "S-1-5-21-..." into BYTES (SID_BYTES of them); 0, or -1. */
int sid_parse(unsigned char *bytes, size_t *len, const char *text);

#endif
