/* How far attributes were asked for, in the manifest. */
#ifndef COLLECT_SNAPSHOT_ASKING_H
#define COLLECT_SNAPSHOT_ASKING_H

#include "collect/snapshot/manifest_section.h"

struct json;

/* What is known of the section's attributes: nothing more is said of them. */
void asking_settle(struct manifest_section *m, const struct coverage *c,
                   enum section s);
/*
 * A complete section that lacks what the analysis reads becomes partial, with
 * all its objects. What nobody reads is only kept.
 */
void asking_settle_lacks(struct manifest_section *m, enum section s);
/* How far the attribute was asked for. */
struct snapshot_asking asking_of(const struct manifest_section *m,
                                 const char *attribute);
void asking_to_json(struct json *section, const struct manifest_section *s);
/* 0, or -1 when it is not as snapshot(5) says. */
int asking_from_json(struct manifest_section *s, const struct json *partly);
void asking_release(struct manifest_section *s);

#endif
