/* How the user wants to sign in to a tenant: options, environment, prompts. */
#ifndef COLLECT_TENANT_TENANT_SIGN_IN_H
#define COLLECT_TENANT_TENANT_SIGN_IN_H

#include <stdbool.h>

#include "collect/graph/graph.h"
#include "collect/live/live.h"

struct err;

struct sign_in_options {
	const char *tenant, *client, *cert, *key, *cert_password_file,
		*secret_file, *cloud, *login_url, *graph_url, *assertion;
	bool device_code, token_stdin, allow_http;
};

struct sign_in {
	struct secret secret, cert_password;
	struct client_key *key;
	char *login_url, *graph_url;
	struct graph_login login;        /* made of all that */
};

/* Where to sign in to, without a secret: 0, or -1 with ERR filled. */
int sign_in_place(struct sign_in *s, const struct sign_in_options *o,
                  struct err *err);
/* With what: reads files, standard input, or asks. */
int sign_in_secrets(struct sign_in *s, const struct sign_in_options *o,
                    struct err *err);
void sign_in_release(struct sign_in *s);

#endif
