/* Signing in to a forest: which domains it has, and which of them are read. */
#ifndef COLLECT_AD_AD_FOREST_H
#define COLLECT_AD_AD_FOREST_H

struct ad_forest;
struct ad_settings;
struct err;

/*
 * Finds the servers, signs in and learns what the forest is. 0, or -1 with ERR
 * filled. A domain whose server cannot be reached has a reason.
 */
int ad_forest_open(struct ad_forest *f, const struct ad_settings *set,
                   struct err *err);

#endif
