/* Accounts that stand in the way of an object. */
#ifndef ANALYZE_FORECAST_BLOCK_H
#define ANALYZE_FORECAST_BLOCK_H

#include "analyze/model/model.h"

struct arena;

/*
 * Sync writes nothing for O, and says REASON: the tenant holds what it holds,
 * or nothing at all.
 */
void block_set(struct object *o, enum block block, const char *reason);
/* The same of one whose account was converted. */
void block_set_cloud_managed(struct object *o);
/*
 * Several may stand in the way of one match, as bits: the first of them, and
 * the reasons of all, in A.
 */
enum block block_first(unsigned blocks);
const char *block_reasons(unsigned blocks, struct arena *a);

/* Whether all was collected that may keep a soft match from O. */
bool block_rights_known(const struct model *m, const struct object *o);
/* Whether what O meets by its address may have been converted, unseen. */
bool block_may_be_converted(const struct model *m, const struct object *o);

#endif
