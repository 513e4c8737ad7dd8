/* What the present tells of objects, to which older looks are held. */
#ifndef ANALYZE_LOAD_TIMELINE_NOW_H
#define ANALYZE_LOAD_TIMELINE_NOW_H

#include "analyze/load/look.h"
#include "analyze/load/registry.h"

enum { LOOK_SECTIONS = 4 };

/* The sections of a side, LOOK_SECTIONS of them or fewer. */
extern const enum section timeline_sections[SIDE_COUNT][LOOK_SECTIONS];
size_t timeline_section_count(enum side side);

/* Whether objects of the section have a timeline. */
bool timeline_matters(const struct registry *g, enum section s);
/* The section is read next; then, an object of it, if that matters. */
void timeline_expect(struct registry *g, enum section s);
void timeline_note(const struct registry *g, const struct entry *e,
                   struct look_list *to);

/* The bits of look_absences for O, of those of domains. */
unsigned timeline_absences(const unsigned *of, const struct object *o);
void timeline_set_life(struct last_look *l, enum section s);

#endif
