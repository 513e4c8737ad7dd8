/* What happened to an object, for the terminal. */
#ifndef REPORT_STORY_PAST_H
#define REPORT_STORY_PAST_H

#include <stdbool.h>

#include "analyze/findings/findings.h"

struct err;

/* Whether a line is about what is looked for. Embed it. */
struct past_sought {
	bool (*is)(const struct past_sought *s, const struct timeline *t);
};

/*
 * Prints the timelines that are sought; of those that have no other part in the
 * story, with a head that says which object it is. How many, or -1 with ERR
 * filled.
 */
enum past_head { PAST_HEADED, PAST_BARE };
long story_past_print(const struct findings *f, const struct past_sought *s,
                      enum past_head head, struct err *err);

#endif
