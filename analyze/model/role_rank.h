/* Which roles of Entra are privileged, as far as Microsoft says it. */
#ifndef ANALYZE_MODEL_ROLE_RANK_H
#define ANALYZE_MODEL_ROLE_RANK_H

#include <stdbool.h>

enum role_rank {
	ROLE_UNRANKED,           /* of the customer's own making, or newer */
	ROLE_PLAIN,
	ROLE_PRIVILEGED,
	ROLE_RANKS
};

/* By the id of its template; where that is NULL, by its English name. */
enum role_rank role_rank(const char *id, const char *name);

#endif
