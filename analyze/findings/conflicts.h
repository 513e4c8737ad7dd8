/*
 * The first values of a cause that several objects claim, with all who do. The
 * smaller of the values, and of the names, stay; so memory has a bound, and the
 * order in which they come makes no difference.
 */
#ifndef ANALYZE_FINDINGS_CONFLICTS_H
#define ANALYZE_FINDINGS_CONFLICTS_H

#include "analyze/findings/cause_parts.h"

struct arena;
struct buf;
struct cause;
struct finding;
struct record;

/* What F claims, if it does, with its object and those that it names. */
void conflicts_take(struct conflicts *c, const struct finding *f);
void conflicts_join(struct conflicts *to, const struct conflicts *from);
void conflicts_release(struct conflicts *c);
/* Appends the array as JSON. */
void conflicts_put(struct buf *out, const struct conflicts *c);

/* What the line of a cause tells of them; lists go to A. */
void conflicts_of_line(const struct record *r, struct arena *a,
                       struct cause *out);

#endif
