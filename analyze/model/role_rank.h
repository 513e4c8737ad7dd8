/* Which roles of Entra are privileged, as far as Microsoft says it. */
#ifndef ANALYZE_MODEL_ROLE_RANK_H
#define ANALYZE_MODEL_ROLE_RANK_H

#include <stdbool.h>
#include <stddef.h>

#include "base/guid.h"

enum role_rank {
	ROLE_UNRANKED,           /* of the customer's own making, or newer */
	ROLE_PLAIN,
	ROLE_PRIVILEGED,
	ROLE_RANKS
};

/* By the id of its template; where that is NULL, by its English name. */
enum role_rank role_rank(const char *id, const char *name);
/* The English name of the built-in role of that template, or NULL; static. */
const char *role_name(const char *id);

/* Privileged roles, and who holds one or is eligible for it. */
struct role_held {
	struct guid who;         /* user or group; or a role itself */
	const char *role;        /* its name, or its id */
	bool eligible;           /* he can take it, and need not hold it */
	bool by_group;           /* a group does, which he is a member of */
};

/* A list of them. A zeroed one is empty. */
struct roles_held {
	struct role_held *items;
	size_t count, room;
};

/* One more of WHO, to be filled; it moves with the next. */
struct role_held *roles_held_add(struct roles_held *to,
                                 const struct guid *who);
/* So that roles_held_of can look into it. */
void roles_held_sort(struct roles_held *r);
/* Those of WHO: the first, and how many. */
const struct role_held *roles_held_of(const struct roles_held *r,
                                      const struct guid *who, size_t *count);

#endif
