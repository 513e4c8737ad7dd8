/*
 * Objects that have another name than before, or none, and what that does to
 * names that hold theirs: those of the objects below, and links to them.
 */
#ifndef COLLECT_AD_RENAMES_H
#define COLLECT_AD_RENAMES_H

#include <stdbool.h>
#include <stddef.h>

struct buf;
struct record;

/* A zeroed struct is empty. */
struct renames {
	struct renaming *list;
	size_t count, room;
};

void renames_release(struct renames *s);
/* FROM is now TO; NULL: it is gone. */
void renames_add(struct renames *s, const char *from, const char *to);
/* After the last one was added, before the first look. */
void renames_sort(struct renames *s);
bool renames_have(const struct renames *s, const char *from);
/*
 * The name that DN has become, in OUT: by itself, or since a part above it was
 * renamed. False when its object is gone.
 */
bool renames_apply(const struct renames *s, const char *dn, struct buf *out);
/* Copies R with today's names into OUT; links to what is gone are left out. */
void renames_record(const struct renames *s, const struct record *r,
                    struct record *out);

#endif
