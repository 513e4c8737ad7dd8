/* Open addressing, at most three quarters full. */
#include "report/id_set.h"

#include <stdlib.h>

#include "base/mem.h"

enum { FIRST_ROOM = 256 };

static size_t
slot_of(const struct id_set *s, uint64_t id)
{
	size_t i = (size_t)id & (s->room - 1);

	while (s->slots[i] && s->slots[i] != id)
		i = (i + 1) & (s->room - 1);
	return i;
}

static void
grow(struct id_set *s)
{
	struct id_set more = {
		.room = s->room ? 2 * s->room : FIRST_ROOM, .used = s->used,
	};

	more.slots = xcalloc(more.room, sizeof(*more.slots));
	for (size_t i = 0; i < s->room; i++)
		if (s->slots[i])
			more.slots[slot_of(&more, s->slots[i])] = s->slots[i];
	free(s->slots);
	*s = more;
}

bool
id_set_add(struct id_set *s, uint64_t id)
{
	size_t i;

	id += !id;
	if (4 * (s->used + 1) > 3 * s->room)
		grow(s);
	i = slot_of(s, id);
	if (s->slots[i])
		return false;
	s->slots[i] = id;
	s->used++;
	return true;
}

bool
id_set_has(const struct id_set *s, uint64_t id)
{
	return s->used && s->slots[slot_of(s, id + !id)];
}

void
id_set_release(struct id_set *s)
{
	free(s->slots);
	*s = (struct id_set){ .slots = NULL };
}
