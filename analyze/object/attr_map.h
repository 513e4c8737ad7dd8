/* From picked members to objects: which attribute goes to which member. */
#ifndef ANALYZE_OBJECT_ATTR_MAP_H
#define ANALYZE_OBJECT_ATTR_MAP_H

#include "analyze/object/object.h"
#include "base/json_pick.h"

/* Who wrote a line, and so, how its attributes are called. */
enum form {
	FORM_AD,                 /* as SIDE_AD and SIDE_TENANT */
	FORM_TENANT,
	FORM_AD_RECIPIENT,       /* Exchange's words for the same */
	FORM_TENANT_RECIPIENT,
	FORM_COUNT
};

enum form section_form(enum section s);

/* The names to pick for a form, with NULLs among them; how many. */
size_t model_names(const struct wanted *w, enum form form,
                   const char *names[PICK_NAMES_MAX]);

/* An object of the section without anything in it. */
void object_init(struct object *o, enum section s);

/*
 * Fills O from a line; texts stay in the line's block, or go to the arena A.
 * What O already has stays: an object that comes twice is completed, not
 * changed. 0, or -1 with *WRONG the name of the attribute whose value is not
 * what its syntax says.
 */
int model_map(struct object *o, enum form form, const struct picked *line,
              struct arena *a, const char **wrong);

#endif
