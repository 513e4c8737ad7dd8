/* Whether AD refuses changes of what Cloud Sync writes (msDS-ObjectSoa). */
#ifndef ANALYZE_LOAD_SOA_POLICIES_H
#define ANALYZE_LOAD_SOA_POLICIES_H

struct err;
struct model;

/*
 * Fills soa of the domains, if an object of AD is the tenant's; facts are
 * settled. 0, or -1 with ERR filled.
 */
int soa_policies_load(struct model *m, struct err *err);

#endif
