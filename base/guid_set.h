/* A set of GUIDs as AD stores them: 16 octets, random enough to be a hash. */
#ifndef BASE_GUID_SET_H
#define BASE_GUID_SET_H

#include <stdbool.h>
#include <stddef.h>

enum { GUID_OCTETS = 16 };

/* A zeroed struct is empty. */
struct guid_set {
	unsigned char *slots;    /* of 16 octets; all zero: free */
	size_t count, room;
};

void guid_set_release(struct guid_set *s);
/* The GUID that is all zero is nobody's and is not kept. */
void guid_set_add(struct guid_set *s, const unsigned char *guid);
bool guid_set_has(const struct guid_set *s, const unsigned char *guid);

#endif
