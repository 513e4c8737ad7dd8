/*
 * The certificate and private key of an application, and what they sign: the
 * client assertion (RFC 7523) by which it gets a token without a secret. See
 * "Microsoft identity platform application authentication certificate
 * credentials". Over libcrypto.
 */
#ifndef COLLECT_GRAPH_CLIENT_KEY_H
#define COLLECT_GRAPH_CLIENT_KEY_H

#include <stdbool.h>
#include <stddef.h>

#include "base/when.h"

struct buf;
struct err;
struct secret;

enum client_alg { CLIENT_PS256, CLIENT_RS256 };

struct client_key;

/*
 * Reads CERT: PEM or PKCS#12, with the key in it, or the key in KEY (PEM; may
 * be NULL). PASSWORD (its text may be NULL) opens what is encrypted. NULL with
 * ERR filled; *WANTS_PASSWORD then says whether a password would help.
 */
struct client_key *client_key_load(const char *cert, const char *key,
                                   const struct secret *password,
                                   bool *wants_password, struct err *err);
void client_key_free(struct client_key *k);

/* For whom an assertion is, and since when. */
struct client_claims {
	const char *audience;    /* the token endpoint */
	const char *client;      /* the application's id */
	when_t now;
};

/* Appends the signed JWT, good for ten minutes; 0, or -1 with ERR filled. */
int client_key_assert(const struct client_key *k, enum client_alg alg,
                      const struct client_claims *claims, struct buf *out,
                      struct err *err);

#endif
