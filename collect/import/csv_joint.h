/* Where in a text of joined values one ends and the next begins. */
#ifndef COLLECT_IMPORT_CSV_JOINT_H
#define COLLECT_IMPORT_CSV_JOINT_H

#include <stddef.h>

#include "collect/import/csv_split.h"

struct joint {
	size_t end, next;        /* of the one value, of the next */
};

struct joints {
	struct joint *items;
	size_t count, room;
	size_t begin, end;       /* of the first value, of the last */
};

/* BY: SPLIT_ADDRESSES or SPLIT_NAMES. J is empty before. */
void joints_find(struct joints *j, const char *text, enum split_by by);
void joints_release(struct joints *j);

#endif
