/* Whether two runs judged the same AD, and the same tenant. */
#ifndef ANALYZE_FINDINGS_ORGANIZATION_MATCH_H
#define ANALYZE_FINDINGS_ORGANIZATION_MATCH_H

#include "analyze/findings/findings.h"

enum mismatch {
	MISMATCH_NONE,
	MISMATCH_SID,              /* a domain of one name has two SIDs */
	MISMATCH_AD,               /* no domain is in both */
	MISMATCH_TENANT,
};

/* In what they differ, each with a name for its own; borrowed from both. */
struct organization_mismatch {
	enum mismatch is;
	const char *domain;        /* of MISMATCH_SID: its name */
	const char *then, *now;
};

/* What one of them does not know of its domains or tenant is no mismatch. */
struct organization_mismatch organization_match(const struct findings *then,
                                                const struct findings *now);

#endif
