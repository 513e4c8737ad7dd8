/*
 * The one server that all forests under Connect share: what the policy says of
 * it for one of them holds for the others.
 */
#ifndef ANALYZE_POLICY_CONNECT_SERVER_H
#define ANALYZE_POLICY_CONNECT_SERVER_H

#include <stdbool.h>

struct policy;

/* Two that say different things of it; the second of them is a forest. */
struct server_conflict {
	const char *key;         /* of sync: "anchor" */
	const struct policy *one, *other;
	const char *texts[2];    /* what they say */
};

/* False, with *OUT filled, when P's forests under Connect disagree. */
bool connect_server_agrees(const struct policy *p,
                           struct server_conflict *out);
/* Tells all of them, and P, what one says; they agree. */
void connect_server_share(struct policy *p);

#endif
