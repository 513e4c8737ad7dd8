/* Attributes of which some objects of a section lack values. */
#ifndef COLLECT_SNAPSHOT_LACK_H
#define COLLECT_SNAPSHOT_LACK_H

#include <stddef.h>
#include <stdint.h>

struct snapshot_lack;

/* What snapshot_lack was told, an attribute each. */
struct lack_list {
	struct lack {
		char *attribute, *reason;
		uint64_t objects;
	} *items;
	size_t count, room;
};

/* The attribute's own, or NULL. */
struct lack *lack_find(const struct lack_list *l, const char *attribute);
/* The same for readers; objects 0: there is none. */
struct snapshot_lack lack_told(const struct lack_list *l,
                               const char *attribute);
void lack_add(struct lack_list *l, const char *attribute, const char *reason,
              uint64_t objects);
void lack_release(struct lack_list *l);

#endif
