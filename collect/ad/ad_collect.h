/* Making a snapshot of a live forest. */
#ifndef COLLECT_AD_AD_COLLECT_H
#define COLLECT_AD_AD_COLLECT_H

#include "base/err.h"

struct ad_order;

/* EXIT_DONE, EXIT_PARTIAL when a section is not whole, or as ERR says. */
enum exit_code ad_collect(const struct ad_order *order, struct err *err);

/* Says on stdout what would be read, and how much; reads a page of each. */
enum exit_code ad_estimate(const struct ad_order *order, struct err *err);

#endif
