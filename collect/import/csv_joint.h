/* Where in a text of joined values one ends and the next begins. */
#ifndef COLLECT_IMPORT_CSV_JOINT_H
#define COLLECT_IMPORT_CSV_JOINT_H

#include <stddef.h>

struct joint {
	size_t end, next;        /* of the one value, of the next */
};

struct joints {
	struct joint *items;
	size_t count, room;
	size_t begin, end;       /* of the first value, of the last */
};

/* Between addresses, or distinguished names. J is empty before. */
void joints_of_addresses(struct joints *j, const char *text);
void joints_of_names(struct joints *j, const char *text);
void joints_release(struct joints *j);

#endif
