/*
 * The changes of a forecast, parted: those that edits cause, and those that the
 * account holds against the forecast.
 */
#ifndef ANALYZE_FORECAST_PARTING_H
#define ANALYZE_FORECAST_PARTING_H

#include <stdbool.h>
#include <stddef.h>

struct arena;
struct change;
struct forecast;
struct object;

struct change_list {
	struct change *items;
	size_t count;
};

struct parting {
	struct change_list caused;   /* by edits */
	struct change_list overruled;
};

/*
 * Parts the changes of F. BEFORE is the object without edits, with its own
 * changes of the same account TWIN: what is among these has nothing to do with
 * edits; NULL: there are no edits. Lists are in A.
 */
struct parting parting_of(const struct forecast *f, const struct object *twin,
                          const struct object *before, struct arena *a);
/*
 * Makes F what TWIN, which must live on, holds, with what edits cause; lists
 * are in A.
 */
void parting_take(const struct parting *p, struct forecast *f,
                  const struct object *twin, struct arena *a);
/* Whether the list changes the attribute. */
bool change_list_names(const struct change_list *l, const char *attribute);

#endif
