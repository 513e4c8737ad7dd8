/*
 * Which snapshots are the present, and of which domains, which forest a domain
 * is of, and what the policy says of it. For each domain the newest snapshot of
 * AD that holds it is the present, older ones are its history.
 */
#ifndef ANALYZE_LOAD_PRESENT_H
#define ANALYZE_LOAD_PRESENT_H

#include "analyze/model/model.h"

/*
 * Fills domains, forests, the snapshots of the present and history of M from
 * COUNT snapshots; M's policy is there. PAST: whose scope older snapshots have,
 * or NULL. 0, or -1 with ERR filled.
 */
int present_choose(struct model *m, struct snapshot *const *all, size_t count,
                   const struct policy *past, struct err *err);

/*
 * The newest snapshot of the one tenant that is judged, known by the id of its
 * organization, else by its initial domain. Of several tenants the policy
 * chooses, or ADVICE says what to do, if it is not NULL. 0, or -1 with ERR
 * filled.
 */
int tenant_choose(struct model *m, struct snapshot *const *all, size_t count,
                  const char *advice, struct err *err);

/* Warns of what is odd about what was chosen. */
void present_tell(const struct model *m);
/* Warns of what is old; the tenant's settings were read. */
void present_tell_ages(struct model *m);
/*
 * Warns of objects of no known domain beside domains, when all were read:
 * others may have told the domain of some.
 */
void present_tell_unknown(const struct model *m);

/*
 * Whether all objects that manifests count for the domains of the present were
 * met, when all were read; 0, or -1 with ERR filled.
 */
int domains_met(const struct model *m, struct err *err);
/*
 * Whether SIDs that manifests tell of domains are those of their objects, and
 * warns of forests that are not; 0, or -1 with ERR filled.
 */
int domains_claimed(const struct model *m, struct err *err);

/* By time, the newest first, then by name and content: for qsort. */
int present_by_age(const void *a, const void *b);

#endif
