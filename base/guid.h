/*
 * GUIDs: 16 bytes as AD stores objectGUID (MS-DTYP section 2.3.4: the first
 * three fields little-endian).
 */
#ifndef BASE_GUID_H
#define BASE_GUID_H

#include <stddef.h>

enum { GUID_BYTES = 16, GUID_TEXT = 36 + 1 };

struct guid {
	unsigned char bytes[GUID_BYTES];
};

/* Reads "6f9619ff-8b86-d011-b42d-00cf4fc964ff", braces allowed; 0 or -1. */
int guid_parse(struct guid *g, const char *text);
/* Reads the base64 of the 16 bytes, which is also the default immutableId. */
int guid_from_base64(struct guid *g, const char *text, size_t len);
void guid_format(const struct guid *g, char text[GUID_TEXT]);

#endif
