/*
 * Which attributes the objects of an input came with: all of them, some, and
 * whether any had a value. For formats that leave out what is empty, or that
 * write whatever was not asked for as empty.
 */
#ifndef COLLECT_IMPORT_NAME_LOG_H
#define COLLECT_IMPORT_NAME_LOG_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "collect/schema/schema.h"

struct record;

/* Names kept: what comes later is known of no object. */
enum { NAME_LOG_MAX = 10000 };

struct name_entry {
	char *name;
	uint64_t objects;        /* that came with it */
	uint64_t valued;         /* that had a value */
};

/* A zeroed struct is empty. */
struct name_log {
	struct name_entry *entries;      /* sorted, owned */
	size_t count, room;
	uint64_t objects;
};

void name_log_release(struct name_log *l);
/* One more object. */
void name_log_add(struct name_log *l, const struct record *r);
/* The entry of a name (compared without case), or NULL. */
const struct name_entry *name_log_find(const struct name_log *l,
                                       const char *name);
/* Whether all objects came with the name, and there are some. */
bool name_log_all(const struct name_log *l, const char *name);

/*
 * Whether objects of AD came with attributes that no one asks for by name, so
 * that all were asked for.
 */
bool name_log_whole(const struct name_log *l);

/* What makes a name one that was asked for. */
enum name_want {
	NAME_OF_ALL,             /* every object came with it */
	NAME_OF_SOME,            /* some did */
	NAME_VALUED,             /* some had a value of it */
};

/* Adds the names that were asked for to a name_set. */
void name_log_names(const struct name_log *l, enum name_want want,
                    struct name_set *out);

#endif
