/*
 * Accounts of users that sync joins with others: who stands for all has that
 * which any of them has.
 */
#ifndef ANALYZE_LOAD_JOINED_ACCOUNTS_H
#define ANALYZE_LOAD_JOINED_ACCOUNTS_H

#include "analyze/model/model.h"

/* When it is known who claims what. 0, or -1 with ERR filled. */
int joined_accounts_move(struct model *m, struct err *err);

#endif
