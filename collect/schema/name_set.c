/* Sets of attributes by name. */
#include "collect/schema/name_set.h"

#include <stdlib.h>
#include <string.h>

#include "base/list.h"
#include "base/mem.h"
#include "base/utf8.h"

void
name_set_release(struct name_set *s)
{
	for (size_t i = 0; i < s->count; i++)
		free(s->names[i]);
	free(s->names);
	*s = (struct name_set){ 0 };
}

/* The place of NAME, or where it would stand. */
static size_t
place(const struct name_set *s, const char *name, bool *found)
{
	size_t low = 0, high = s->count;

	*found = false;
	while (low < high) {
		size_t mid = low + (high - low) / 2;
		int cmp = ascii_casecmp(s->names[mid], name);

		if (cmp == 0) {
			*found = true;
			return mid;
		}
		if (cmp < 0)
			low = mid + 1;
		else
			high = mid;
	}
	return low;
}

void
name_set_add(struct name_set *s, const char *name)
{
	bool found;
	size_t at = place(s, name, &found);

	if (found)
		return;
	LIST_RESERVE(s->names, s->room, s->count + 1);
	memmove(s->names + at + 1, s->names + at,
	        (s->count - at) * sizeof(*s->names));
	s->names[at] = xstrdup(name);
	s->count++;
}

bool
name_set_has(const struct name_set *s, const char *name)
{
	bool found;

	place(s, name, &found);
	return found;
}
