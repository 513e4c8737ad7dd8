/* How many objects of each domain of AD were met, with a few of their names. */
#ifndef ANALYZE_RULES_OBJECT_TALLY_H
#define ANALYZE_RULES_OBJECT_TALLY_H

#include <stddef.h>
#include <stdint.h>

struct domain;
struct object;

enum { COUNTED_NAMES = 3 };

struct counted_objects {
	const struct domain *domain;         /* NULL: none that is known */
	uint64_t count;
	char *names[COUNTED_NAMES];          /* the first; the tally's */
	size_t name_count;
};

/* A zeroed one is empty. */
struct object_tally {
	struct counted_objects *items;
	size_t count, room;
};

void object_tally_add(struct object_tally *t, const struct object *o);
void object_tally_join(struct object_tally *to,
                       const struct object_tally *from);
/* By domain. */
void object_tally_sort(struct object_tally *t);
void object_tally_release(struct object_tally *t);

#endif
