/* A folder of findings that is compared; it may be one that is written. */
#ifndef ANALYZE_FINDINGS_DIFF_SIDE_H
#define ANALYZE_FINDINGS_DIFF_SIDE_H

#include "analyze/findings/manifest.h"

struct diff_side {
	const struct findings *f;  /* what its manifest says, or will say */
	const char *folder;
	const struct findings_counts *counts;
};

#endif
