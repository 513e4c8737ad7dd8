/*
 * What users of the tenant had in older snapshots of it: of those alone who may
 * have lost their addresses with a licence, so that it costs little.
 */
#ifndef ANALYZE_LOAD_PAST_ACCOUNTS_H
#define ANALYZE_LOAD_PAST_ACCOUNTS_H

#include "analyze/model/model.h"

/* After the tenant's users were read; 0, or -1 with ERR filled. */
int past_accounts_load(struct model *m, struct err *err);

#endif
