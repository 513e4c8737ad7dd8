/*
 * What users of the tenant had in older snapshots of it: of those alone who may
 * have lost their addresses with a licence, so that it costs little.
 */
#ifndef ANALYZE_LOAD_PAST_ACCOUNTS_H
#define ANALYZE_LOAD_PAST_ACCOUNTS_H

#include "analyze/model/model.h"

struct past_seeker;

/* After the tenant's users were read; NULL: nobody is looked for. */
struct past_seeker *past_accounts_open(struct model *m);
/* The next older snapshot is read, the newest first. */
void past_accounts_begin(struct past_seeker *p, const struct snapshot *from);
/* A user of it, in a thread. */
void past_accounts_see(struct past_seeker *p, unsigned lane,
                       const struct object *o);
void past_accounts_take(struct past_seeker *p, unsigned lane);
void past_accounts_close(struct past_seeker *p);

#endif
