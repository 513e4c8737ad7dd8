/*
 * What the objects of an older snapshot were called, as far as it takes to tell
 * whether they still are: a hash of each name.
 */
#ifndef COLLECT_AD_OLD_NAMES_H
#define COLLECT_AD_OLD_NAMES_H

#include <stddef.h>

struct guid;

/* A zeroed struct is empty. */
struct old_names {
	struct old_name *list;
	size_t count, room;
};

enum old_name_match { OLD_NAME_NONE, OLD_NAME_SAME, OLD_NAME_OTHER };

void old_names_release(struct old_names *s);
void old_names_add(struct old_names *s, const struct guid *guid,
                   const char *dn);
/* After the last one was added, before the first look. */
void old_names_sort(struct old_names *s);
/* Whether the object was there, and called DN. */
enum old_name_match old_names_compare(const struct old_names *s,
                                      const struct guid *guid,
                                      const char *dn);
/*
 * The GUID of who was called DN, or NULL. Goes through all of them: it is for
 * the few that are new.
 */
const struct guid *old_names_holder(const struct old_names *s,
                                    const char *dn);

#endif
