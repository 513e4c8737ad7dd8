/* Waivers in a line of findings.ndjson, and in the manifest. */
#ifndef ANALYZE_FINDINGS_WAIVER_JSON_H
#define ANALYZE_FINDINGS_WAIVER_JSON_H

#include "analyze/findings/findings.h"

struct json;

/* The members of F that tell its waiver; nothing of one without. */
void waiver_line_put(struct buf *out, const struct finding *f);
/* That of the member's JSON, in A; NULL: there is none. */
const struct told_waiver *waiver_line_take(const char *text, struct arena *a);

/* The members "waived" and "waivers" of O; none without --waivers. */
void waivers_to_json(struct json *o, const struct waivers_told *w,
                     const uint64_t waived[SEVERITY_COUNT]);
/* Those of a manifest; in A. */
struct waivers_told waivers_from_json(const struct json *manifest,
                                      struct arena *a);

#endif
