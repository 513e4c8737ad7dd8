/* What the tenant says of its synchronization, in the manifest. */
#ifndef ANALYZE_FINDINGS_SYNC_JSON_H
#define ANALYZE_FINDINGS_SYNC_JSON_H

#include "analyze/findings/findings.h"

struct json;

/* The object "sync" of the manifest O; S may be NULL. */
void sync_to_json(struct json *o, const struct judged_sync *s);
/* In A; NULL where there is none. */
const struct judged_sync *sync_from_json(const struct json *tree,
                                         struct arena *a);

#endif
