/*
 * What changed in a forest since an older snapshot, and how that snapshot's
 * objects are carried over: changed and deleted ones drop out, and names follow
 * the objects that were moved or renamed, since neither an object below a moved
 * container nor the holder of a link to a moved object counts as changed itself
 * (MS-ADTS 3.1.1.3.4.1.3 and 3.1.1.5.4.1).
 */
#ifndef COLLECT_AD_AD_SINCE_H
#define COLLECT_AD_AD_SINCE_H

#include <stdbool.h>

#include "collect/ad/ad_read.h"
#include "collect/schema/schema.h"

struct err;
struct record;
struct snapshot;

struct ad_since;

/* Whether OLD can be gone on from, and if not, why; the caller frees it. */
char *ad_since_obstacle(const struct snapshot *old,
                        const struct ad_forest *f);

/*
 * Learns from the servers what changed, and from OLD what that did to names.
 * NULL with WHY or ERR filled.
 */
struct ad_since *ad_since_open(struct ad_reader *rd, struct ad_forest *f,
                               const struct snapshot *old,
                               struct ldap_failure *why, struct err *err);
void ad_since_free(struct ad_since *s);
/* "by DirSync" or "by uSNChanged": how it was learned. */
const char *ad_since_way(const struct ad_since *s);

/* The filter Q for what changed in D; the caller frees it. */
char *ad_since_filter(const struct ad_since *s, const struct ad_domain *d,
                      const char *filter);
/* The object of the section in D was read anew. */
void ad_since_fresh(struct ad_since *s, enum section section,
                    const struct ad_domain *d, const struct record *r);
/*
 * Why the differences do not fit together: something got another name after
 * the changes had been told, and what they tell of names is not the whole
 * truth. NULL: they fit so far. It belongs to S.
 */
const char *ad_since_torn(const struct ad_since *s);
/*
 * The section, in STATE, was read wholly before those that are merged: what its
 * objects are called now, against then. 0, or -1 with ERR filled.
 */
int ad_since_settle(struct ad_since *s, enum section section,
                    enum section_state state, struct err *err);
/* Whether the section's differences are enough, or it is read anew. */
bool ad_since_is_merged(const struct ad_since *s, enum section section);
/*
 * What is left of R of the old snapshot, with the names of today: R itself, or
 * a copy that holds until the next call; NULL when it is gone or was read anew.
 */
const struct record *ad_since_keep(struct ad_since *s,
                                   const struct record *r);

#endif
