/* The data that rules went by, in the manifest. */
#ifndef ANALYZE_FINDINGS_DATA_JSON_H
#define ANALYZE_FINDINGS_DATA_JSON_H

struct arena;
struct findings;
struct json;

void data_to_json(struct json *o, const struct findings *f);
/* Fills data of F; texts in A. What an older program wrote has none. */
void data_from_json(const struct json *list, struct arena *a,
                    struct findings *f);

#endif
