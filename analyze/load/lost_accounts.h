/*
 * Objects of AD outside the scope whose synchronized accounts stand in older
 * snapshots of the tenant, and in the present one no more.
 */
#ifndef ANALYZE_LOAD_LOST_ACCOUNTS_H
#define ANALYZE_LOAD_LOST_ACCOUNTS_H

#include "analyze/load/registry.h"

struct lost_seeker;

/* While the present is loaded, an object of AD that may have lost its own. */
void lost_accounts_note(const struct registry *g, const struct entry *e);

/* The present was loaded; NULL: nobody is looked for. */
struct lost_seeker *lost_accounts_open(struct registry *g);
/* Whether accounts of the section are looked for. */
bool lost_accounts_seek(const struct lost_seeker *p, enum section s);
/* The next older snapshot is read, the newest first. */
void lost_accounts_begin(struct lost_seeker *p, const struct snapshot *from);
/* An object of it, in a thread. 0, or -1 with ERR filled. */
int lost_accounts_see(struct lost_seeker *p, unsigned lane, struct fetch *f,
                      const struct object *o, struct err *err);
void lost_accounts_take(struct lost_seeker *p, unsigned lane);
void lost_accounts_end(struct lost_seeker *p);
void lost_accounts_close(struct lost_seeker *p);

#endif
