/* Exchange's servers, of AD's configuration. */
#ifndef ANALYZE_LOAD_EXCHANGE_SERVERS_H
#define ANALYZE_LOAD_EXCHANGE_SERVERS_H

#include "analyze/model/model.h"

/* 0, or -1 with ERR filled. */
int exchange_servers_load(struct model *m, struct err *err);

#endif
