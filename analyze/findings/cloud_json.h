/* What stands against Cloud Sync, in the manifest. */
#ifndef ANALYZE_FINDINGS_CLOUD_JSON_H
#define ANALYZE_FINDINGS_CLOUD_JSON_H

#include "analyze/findings/cloud_told.h"

struct arena;
struct findings;
struct json;

void cloud_to_json(struct json *o, const struct findings *f);
/* Texts in A. What an older program wrote has none. */
struct cloud_limits cloud_from_json(const struct json *list,
                                    struct arena *a);
/* Adds what FROM has to TO, and empties it. */
void cloud_move(struct cloud_counts *to, struct cloud_counts *from);

#endif
