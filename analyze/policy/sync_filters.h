/* From the rules of the sync engine to the filters of a policy. */
#ifndef ANALYZE_POLICY_SYNC_FILTERS_H
#define ANALYZE_POLICY_SYNC_FILTERS_H

struct filter_set;
struct sync_connector;
struct sync_export;

/*
 * Adds filters for X's rules of the connector OF, or of all when it is NULL,
 * and for those that name no connector: an object is filtered when the first
 * rule that it is in the scope of says so. What cannot be said by filters is
 * added to what was not understood.
 */
void sync_filters_add(struct filter_set *set, struct sync_export *x,
                      const struct sync_connector *of);

#endif
