/* A set of GUIDs, which are random enough to be their own hash. */
#ifndef BASE_GUID_SET_H
#define BASE_GUID_SET_H

#include <stdbool.h>
#include <stddef.h>

#include "base/guid.h"

/* A zeroed struct is empty. */
struct guid_set {
	struct guid *slots;      /* all zero: free */
	size_t count, room;
};

void guid_set_release(struct guid_set *s);
/* The GUID that is all zero is nobody's and is not kept. */
void guid_set_add(struct guid_set *s, const struct guid *guid);
bool guid_set_has(const struct guid_set *s, const struct guid *guid);

#endif
