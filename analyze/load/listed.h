/* Mailboxes of Exchange's own list on premises, of no object of AD. */
#ifndef ANALYZE_LOAD_LISTED_H
#define ANALYZE_LOAD_LISTED_H

#include "analyze/model/model.h"

/* Those of the GUIDs that are on premises. 0, or -1 with ERR filled. */
int listed_load(struct model *m, const struct guid_set *apart,
                struct err *err);

#endif
