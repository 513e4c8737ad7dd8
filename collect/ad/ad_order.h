/* What the user wants of a collection of a forest. */
#ifndef COLLECT_AD_AD_ORDER_H
#define COLLECT_AD_AD_ORDER_H

#include <stdbool.h>

#include "base/folder.h"
#include "collect/ad/ad_domains.h"
#include "collect/live/live.h"
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

#endif
