/* How far the forecast explains the tenant: in the manifest, and added up. */
#ifndef ANALYZE_FINDINGS_MODEL_JSON_H
#define ANALYZE_FINDINGS_MODEL_JSON_H

#include "analyze/findings/findings.h"

struct json;

/* Adds what FROM has to TO; FROM is nought then. */
void model_move(struct model_sums *to, struct model_sums *from);

/* The object "model" of the manifest O; nothing where nothing is in sync. */
void model_to_json(struct json *o, const struct model_sums *of);
struct model_sums model_from_json(const struct json *tree);

#endif
