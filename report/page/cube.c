/* Cells that are there; most combinations are not. */
#include "report/page/cube.h"

#include <stdlib.h>
#include <string.h>

#include "base/hash.h"
#include "base/list.h"

size_t
cube_at(struct cube *c, const uint32_t sides[CUBE_SIDES])
{
	uint64_t hash = hash_bytes(sides, CUBE_SIDES * sizeof(*sides));
	size_t at = 0;
	long i;

	while ((i = slim_index_next(&c->by_sides, hash, &at)) >= 0)
		if (memcmp(c->cells[i].at, sides, sizeof(c->cells[i].at)) == 0)
			return (size_t)i;
	slim_index_add(&c->by_sides, hash, c->count);
	LIST_RESERVE_BY_HALF(c->cells, c->room, c->count + 1);
	c->cells[c->count] = (struct cube_cell){ .count = 0 };
	memcpy(c->cells[c->count].at, sides, sizeof(c->cells[0].at));
	return c->count++;
}

size_t
cube_add(struct cube *c, const uint32_t at[CUBE_SIDES])
{
	size_t cell = cube_at(c, at);

	c->cells[cell].count++;
	return cell;
}

void
cube_release(struct cube *c)
{
	free(c->cells);
	slim_index_release(&c->by_sides);
	*c = (struct cube){ .count = 0 };
}
