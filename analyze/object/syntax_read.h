/* What the readers of values have in common, and those of the tenant's own. */
#ifndef ANALYZE_OBJECT_SYNTAX_READ_H
#define ANALYZE_OBJECT_SYNTAX_READ_H

#include <stdbool.h>
#include <stddef.h>

#include "analyze/object/object.h"

/* A value on its way into an object. */
struct mapped {
	struct object *o;
	enum form form;          /* of the line */
	struct arena *arena;
	const struct pick *pick;
	bool keep;               /* the block is not the object's: copy */
};

/* The member of the object that is at OFFSET. */
static inline void *
mapped_member(const struct mapped *m, size_t offset)
{
	return (char *)m->o + offset;
}

/*
 * The first value as a text, NULL when there is none: a number or flag of JSON
 * is one, too. -1 for an object, or a list that has other things than texts.
 */
int mapped_text(const struct mapped *m, const char **out);
/* The same of a value that is no text: an empty one is none. */
int mapped_word(const struct mapped *m, const char **out);

/* As struct syntax has it (syntax_tenant.c). */
int read_group_types(const struct mapped *m, size_t offset);
int read_user_type(const struct mapped *m, size_t offset);
int read_plans(const struct mapped *m, size_t offset);
int read_sync_errors(const struct mapped *m, size_t offset);
int read_service_errors(const struct mapped *m, size_t offset);
int read_licences(const struct mapped *m, size_t offset);

#endif
