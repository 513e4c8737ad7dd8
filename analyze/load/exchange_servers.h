/* Exchange's servers, of AD's configuration. */
#ifndef ANALYZE_LOAD_EXCHANGE_SERVERS_H
#define ANALYZE_LOAD_EXCHANGE_SERVERS_H

#include "analyze/model/model.h"

/* 0, or -1 with ERR filled. */
int exchange_servers_load(struct model *m, struct err *err);
/*
 * The section that Exchange's settings are in: those of files lie with what is
 * in no section of its own.
 */
enum section exchange_settings_in(const struct snapshot *from);

#endif
