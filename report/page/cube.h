/*
 * True counts: how many there are of each combination of what lists are
 * filtered by. Filters of the page add them up, so they are exact at any size.
 */
#ifndef REPORT_PAGE_CUBE_H
#define REPORT_PAGE_CUBE_H

#include <stddef.h>
#include <stdint.h>

#include "report/page/slim_index.h"

enum { CUBE_SIDES = 8 };

struct cube_cell {
	uint32_t at[CUBE_SIDES];
	uint32_t count, more;    /* MORE: of something else, likewise */
};

/* A zeroed one is empty. */
struct cube {
	struct cube_cell *cells;
	size_t count, room;
	struct slim_index by_sides;
};

/* The number of the cell, which is made if it is new. */
size_t cube_at(struct cube *c, const uint32_t at[CUBE_SIDES]);
/* The same, and counts one in it. */
size_t cube_add(struct cube *c, const uint32_t at[CUBE_SIDES]);
void cube_release(struct cube *c);

#endif
