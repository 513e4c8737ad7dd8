/* What manifests say of a section, and of one domain's part of it. */
#ifndef COLLECT_SNAPSHOT_SECTION_JSON_H
#define COLLECT_SNAPSHOT_SECTION_JSON_H

#include "collect/snapshot/manifest_section.h"

struct err;
struct json;

/* The section of that name, or -1. */
int section_find(const char *name);

/* What of its objects was collected, but for "attributes". */
void collected_to_json(struct json *o, const struct manifest_section *s);
void attributes_to_json(struct json *o, const struct manifest_section *s);

/*
 * Each takes of J what snapshot(5) says; WHERE is "manifest.json: section x".
 * 0, or -1 with ERR filled.
 */
int state_from_json(struct manifest_section *s, const struct json *j,
                    const char *where, struct err *err);
int collected_from_json(struct manifest_section *s, const struct json *j,
                        const char *where, struct err *err);
int attributes_from_json(struct manifest_section *s, const struct json *j,
                         const char *where, struct err *err);

#endif
