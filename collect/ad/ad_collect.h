/* Making a snapshot of a live forest. */
#ifndef COLLECT_AD_AD_COLLECT_H
#define COLLECT_AD_AD_COLLECT_H

#include "base/err.h"
#include "base/folder.h"
#include "collect/ad/ad_domains.h"
#include "collect/live/progress.h"
#include "collect/snapshot/snapshot.h"

struct ad_order {
	struct ad_settings ad;
	const char *output;
	enum folder_mode mode;
	enum snapshot_packing packing;
	const char *since;       /* a snapshot to go on from, or NULL */
	bool resume;             /* go on with what OUTPUT has */
	enum progress_mode progress;
};

/* EXIT_DONE, EXIT_PARTIAL when a section is not whole, or as ERR says. */
enum exit_code ad_collect(const struct ad_order *order, struct err *err);

/* Says on stdout what would be read, and how much; reads a page of each. */
enum exit_code ad_estimate(const struct ad_order *order, struct err *err);

#endif
