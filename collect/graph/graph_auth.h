/*
 * Signing in to a tenant: OAuth 2.0 of the Microsoft identity platform (v2.0
 * endpoints), by the application's secret or certificate (RFC 6749 section
 * 4.4), by a device code (RFC 8628), or with a token that somebody else got.
 * Tokens stay in locked memory, are renewed before they end, and are wiped.
 */
#ifndef COLLECT_GRAPH_GRAPH_AUTH_H
#define COLLECT_GRAPH_GRAPH_AUTH_H

#include "collect/graph/client_key.h"
#include "collect/graph/http.h"

struct err;
struct progress;
struct secret;

enum graph_way { WAY_SECRET, WAY_CERTIFICATE, WAY_DEVICE, WAY_TOKEN };

struct graph_login {
	enum graph_way way;
	const char *tenant;          /* id or a domain's name */
	const char *client;          /* the application's id */
	const char *login_url, *graph_url;       /* without a path */
	const struct secret *secret;             /* WAY_SECRET, WAY_TOKEN */
	const struct client_key *key;            /* WAY_CERTIFICATE */
	enum client_alg alg;
	long tries;              /* before the token service is given up */
	double patience;         /* seconds that it may ask to wait */
};

struct graph_auth;

/* Borrows all three. */
struct graph_auth *graph_auth_new(struct http *h,
                                  const struct graph_login *login,
                                  struct progress *progress);
void graph_auth_free(struct graph_auth *a);

/*
 * A token that does not end soon; borrowed until the next call. NULL with ERR
 * filled: EXIT_AUTH when the service says no, EXIT_NETWORK when there is none.
 * It may wait: for the service, or for the user.
 */
const char *graph_auth_token(struct graph_auth *a, struct err *err);
/* Which token that was: counts up. */
long graph_auth_generation(const struct graph_auth *a);
/*
 * A request with token GENERATION was refused as TEXT says. 0 when another
 * token may do; -1 with ERR filled when it did not, twice in a row.
 */
int graph_auth_refused(struct graph_auth *a, long generation, const char *text,
                       struct err *err);
/* A request with token GENERATION was let through. */
void graph_auth_works(struct graph_auth *a, long generation);

/* Puts asterisks over what must not be seen. */
void graph_auth_mask(const struct graph_auth *a, char *text);

#endif
