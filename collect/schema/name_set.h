/* Sets of attributes by name; names compare without case. */
#ifndef COLLECT_SCHEMA_NAME_SET_H
#define COLLECT_SCHEMA_NAME_SET_H

#include <stdbool.h>
#include <stddef.h>

/* A zeroed struct is empty. */
struct name_set {
	char **names;            /* sorted, owned */
	size_t count, room;
};

void name_set_release(struct name_set *s);
void name_set_add(struct name_set *s, const char *name);
bool name_set_has(const struct name_set *s, const char *name);

#endif
