/* Exchange's organizations, of AD's configuration and schema partitions. */
#ifndef ANALYZE_LOAD_ORGANIZATION_H
#define ANALYZE_LOAD_ORGANIZATION_H

#include "analyze/model/model.h"

/* When servers were loaded. 0, or -1 with ERR filled. */
int organization_load(struct model *m, struct err *err);

#endif
