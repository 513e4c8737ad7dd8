/* The manifest's list of deletions that count together. */
#ifndef ANALYZE_FINDINGS_DELETIONS_JSON_H
#define ANALYZE_FINDINGS_DELETIONS_JSON_H

#include "analyze/findings/findings.h"

struct json;

/* Gives TO how many deletions of R, one of F's, are among what was PUT. */
void deletions_count(const struct findings *f, const struct deletion_run *r,
                     const struct forest_tallies *put,
                     struct deletion_run *to);
/* Adds the list to O, with the counts of what was PUT, by domain. */
void deletions_to_json(struct json *o, const struct findings *f,
                       const struct forest_tallies *put);
/* Fills F from the list; texts go to A. Older findings have none. */
void deletions_from_json(const struct json *list, struct arena *a,
                         struct findings *f);

#endif
