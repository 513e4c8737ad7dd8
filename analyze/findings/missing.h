/* What was not collected, once for all rules that lack it. */
#ifndef ANALYZE_FINDINGS_MISSING_H
#define ANALYZE_FINDINGS_MISSING_H

#include "analyze/findings/findings.h"

struct json;

/* Adds that to O. */
void missing_to_json(struct json *o, const struct findings *f);
/* Fills F from the list; texts go to A. Older findings have none. */
void missing_from_json(const struct json *list, struct arena *a,
                       struct findings *f);

#endif
