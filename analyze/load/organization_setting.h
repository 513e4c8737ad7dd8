/* One object of the configuration partition, taken for a setting. */
#ifndef ANALYZE_LOAD_ORGANIZATION_SETTING_H
#define ANALYZE_LOAD_ORGANIZATION_SETTING_H

#include "analyze/model/model.h"

struct arena;
struct record;

/* Whether the record is one, which OUT then has, in A but for its snapshot. */
bool organization_setting(const struct record *r, struct arena *a,
                          struct exchange_setting *out);

#endif
