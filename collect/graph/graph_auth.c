/* Gets the token that all requests carry, renews it in time, and wipes it. */
#include "collect/graph/graph_auth.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#include "base/err.h"
#include "base/json.h"
#include "base/mem.h"
#include "base/term.h"
#include "collect/graph/graph_error.h"
#include "collect/graph/http.h"
#include "collect/graph/http_request.h"
#include "collect/live/live.h"

enum {
	USUAL_LIFE = 3599,       /* seconds, when the service does not say */
	MARGIN = 300,            /* a token is renewed so long before its end */
	SLOWER = 5,              /* slow_down, RFC 8628 section 3.5 */
};

struct graph_auth {
	struct http *http;
	const struct graph_login *login;
	struct progress *progress;
	char *endpoint;
	struct secret token, refresh;
	double renew_at;         /* progress_clock; 0: no token yet */
	long generation;
	bool doubted;            /* refused, and none has worked since */
};

/* What to do about the token service's commonest refusals. */
static const struct { const char *code, *advice; } advices[] = {
	{ "AADSTS7000215", "want the secret's value, not its id" },
	{ "AADSTS7000222", "the secret has expired; make another one" },
	{ "AADSTS700016", "check --client-id, and that the application is in "
	  "this tenant" },
	{ "AADSTS90002", "check --tenant" },
	{ "AADSTS700027", "check that this certificate is registered with the "
	  "application and has not expired, and this machine's clock" },
	{ "AADSTS700024", "check this machine's clock" },
	{ "AADSTS7000218", "the application wants a secret or certificate; "
	  "for --device-code allow public client flows" },
	{ "AADSTS70011", "check --graph-url and --cloud" },
	{ "AADSTS70019", "no one signed in before the code ended; start "
	  "again" },
	{ "AADSTS65004", "the user declined" },
	{ "AADSTS53003", "a policy of conditional access forbids it" },
	{ "AADSTS65001", "an administrator has to consent to the permissions "
	  "that --dry-run lists" },
	{ "AADSTS50105", "the user is not assigned to the application" },
};

struct graph_auth *
graph_auth_new(struct http *h, const struct graph_login *login,
               struct progress *progress)
{
	struct graph_auth *a = xcalloc(1, sizeof(*a));

	a->http = h;
	a->login = login;
	a->progress = progress;
	a->endpoint = xasprintf("%s/%s/oauth2/v2.0", login->login_url,
	                        login->tenant ? login->tenant : "common");
	return a;
}

void
graph_auth_free(struct graph_auth *a)
{
	if (!a)
		return;
	secret_release(&a->token);
	secret_release(&a->refresh);
	free(a->endpoint);
	free(a);
}

void
graph_auth_mask(const struct graph_auth *a, char *text)
{
	secret_mask(&a->token, text);
	secret_mask(&a->refresh, text);
	if (a->login->secret)
		secret_mask(a->login->secret, text);
}

static int
refuse(struct graph_auth *a, struct graph_failure *f, struct err *err)
{
	graph_auth_mask(a, f->text);
	if (interrupt_came())
		return err_network(err, "interrupted");
	if (f->fate == GRAPH_AGAIN || f->fate == GRAPH_ODD || !f->status)
		return err_network(err, "%s: %s%s", a->login->login_url,
		                   f->status ? "answered " : "", f->text);
	err_auth(err, "%s refuses the sign-in: %s", a->login->login_url,
	         f->text);
	for (size_t i = 0; i < sizeof(advices) / sizeof(advices[0]); i++) {
		size_t len = strlen(advices[i].code);
		const char *at = strstr(f->text, advices[i].code);

		if (at && (at[len] < '0' || at[len] > '9'))
			return err_add(err, " (%s)", advices[i].advice);
	}
	return -1;
}

static bool
may_ask_again(const struct graph_auth *a, const struct graph_failure *f,
              const struct http_answer *answer, long try)
{
	if (try >= a->login->tries || interrupt_came())
		return false;
	if (f->fate == GRAPH_ODD)
		return try < GRAPH_ODD_TRIES;
	return f->fate == GRAPH_AGAIN && answer->wait <= a->login->patience;
}

/* One form posted with patience; NULL when nothing but a refusal comes. */
static struct json *
ask(struct graph_auth *a, const char *path,
    int (*fill)(struct graph_auth *a, struct buf *form, struct err *err),
    struct graph_failure *f, struct err *err)
{
	char *url = xasprintf("%s/%s", a->endpoint, path);
	struct json *tree = NULL;

	for (long try = 1; !tree; try++) {
		const struct http_answer *answer;
		struct buf form = { 0 };
		struct json_error e;
		double wait = backoff_seconds(try);

		/* Each time anew: an assertion is good for one try. */
		if (fill(a, &form, err) < 0) {
			buf_wipe(&form);
			break;
		}
		answer = http_post(a->http, url, buf_text(&form));
		buf_wipe(&form);
		graph_error_read(f, answer);
		if (f->fate == GRAPH_CAME) {
			tree = json_parse(buf_text(&answer->body),
			                  answer->body.len, &e);
			if (!tree)
				graph_error_bad_body(f, answer, "none of a "
				                     "sign-in service",
				                     e.want);
			http_forget(a->http);
		}
		if (!may_ask_again(a, f, answer, try))
			break;
		progress_wait(f->fate == GRAPH_ODD ? graph_odd_wait(try)
		              : answer->wait > 0 ? answer->wait : wait);
	}
	free(url);
	return tree;
}

static void
add_client(struct graph_auth *a, struct buf *form)
{
	http_form_add(form, "client_id", a->login->client);
}

static int
fill_credentials(struct graph_auth *a, struct buf *form, struct err *err)
{
	char *scope = xasprintf("%s/.default", a->login->graph_url);
	struct buf jwt = { 0 };
	int rc = 0;

	http_form_add(form, "grant_type", "client_credentials");
	add_client(a, form);
	http_form_add(form, "scope", scope);
	free(scope);
	if (a->login->way == WAY_SECRET) {
		http_form_add(form, "client_secret", a->login->secret->text);
	} else {
		char *audience = xasprintf("%s/token", a->endpoint);
		struct client_claims claims = {
			.audience = audience, .client = a->login->client,
			.now = (when_t)time(NULL),
		};

		rc = client_key_assert(a->login->key, a->login->alg, &claims,
		                       &jwt, err);
		free(audience);
		http_form_add(form, "client_assertion_type", "urn:ietf:params:"
		              "oauth:client-assertion-type:jwt-bearer");
		http_form_add(form, "client_assertion", buf_text(&jwt));
	}
	buf_wipe(&jwt);
	return rc;
}

static int
fill_device(struct graph_auth *a, struct buf *form, struct err *err)
{
	char *scope = xasprintf("%s/.default offline_access",
	                        a->login->graph_url);

	(void)err;
	add_client(a, form);
	http_form_add(form, "scope", scope);
	free(scope);
	return 0;
}

static int
fill_refresh(struct graph_auth *a, struct buf *form, struct err *err)
{
	fill_device(a, form, err);
	http_form_add(form, "grant_type", "refresh_token");
	http_form_add(form, "refresh_token", a->refresh.text);
	return 0;
}

/* Until there is a token, the device's code is kept in its place. */
static int
fill_poll(struct graph_auth *a, struct buf *form, struct err *err)
{
	(void)err;
	http_form_add(form, "grant_type",
	              "urn:ietf:params:oauth:grant-type:device_code");
	add_client(a, form);
	http_form_add(form, "device_code", a->refresh.text);
	return 0;
}

/* A number, which some services write as text. */
static double
number(const struct json *tree, const char *key, double otherwise)
{
	const struct json *j = json_get(tree, key);
	double n = json_string(j) ? strtod(json_string(j), NULL)
	                          : json_number(j);

	return n > 0 ? n : otherwise;
}

static int
take_token(struct graph_auth *a, const struct json *tree, struct err *err)
{
	const char *token = json_string(json_get(tree, "access_token"));
	const char *refresh = json_string(json_get(tree, "refresh_token"));
	double life = number(tree, "expires_in", USUAL_LIFE);

	if (!token || !*token || strpbrk(token, " \r\n\t") ||
	    secret_set(&a->token, token) < 0)
		return err_network(err, "%s: the answer has no token",
		                   a->login->login_url);
	/* A device's code that stood there has done its work. */
	secret_release(&a->refresh);
	if (refresh && secret_set(&a->refresh, refresh) < 0)
		return err_network(err, "%s: the refresh token is too long",
		                   a->login->login_url);
	a->renew_at = progress_clock() + life -
		(life / 4 < MARGIN ? life / 4 : MARGIN);
	a->generation++;
	return 0;
}

static int
get_token(struct graph_auth *a,
          int (*fill)(struct graph_auth *a, struct buf *form, struct err *err),
          struct err *err)
{
	struct graph_failure f = { 0 };
	struct json *tree = ask(a, "token", fill, &f, err);
	int rc = -1;

	if (tree)
		rc = take_token(a, tree, err);
	else if (!err->text[0])
		refuse(a, &f, err);
	json_wipe(tree);
	return rc;
}

/* Asks whether the user has signed in, until yes, no, or too late. */
static int
poll_device(struct graph_auth *a, double interval, double life,
            struct err *err)
{
	double end = progress_clock() + life;

	for (;;) {
		struct graph_failure f = { 0 };
		struct json *tree;
		int rc;

		progress_wait(interval);
		if (interrupt_came())
			return err_network(err, "interrupted");
		if (progress_clock() > end)
			return err_auth(err, "no one signed in with the code "
			                "in time");
		tree = ask(a, "token", fill_poll, &f, err);
		if (tree) {
			rc = take_token(a, tree, err);
			json_wipe(tree);
			return rc;
		}
		if (strcmp(f.code, "slow_down") == 0)
			interval += SLOWER;
		else if (strcmp(f.code, "authorization_pending") != 0)
			return refuse(a, &f, err);
	}
}

static int
sign_in_by_device(struct graph_auth *a, struct err *err)
{
	struct graph_failure f = { 0 };
	struct json *tree = ask(a, "devicecode", fill_device, &f, err);
	const char *code = json_string(json_get(tree, "device_code"));
	const char *message = json_string(json_get(tree, "message"));
	const char *user = json_string(json_get(tree, "user_code"));
	const char *where = json_string(json_get(tree, "verification_uri"));
	int rc = -1;

	if (!tree) {
		refuse(a, &f, err);
	} else if (!code || !user || !where ||
	           secret_set(&a->refresh, code) < 0) {
		err_network(err, "%s: the answer has no device code",
		            a->login->login_url);
	} else {
		/* Not by progress_say: without it nobody could sign in. */
		if (message)
			fprintf(stderr, "%s\n", term_text(message));
		else
			fprintf(stderr, "Open %s and enter the code %s\n",
			        term_text(where), term_text(user));
		rc = poll_device(a, number(tree, "interval", 5),
		                 number(tree, "expires_in", 900), err);
	}
	json_wipe(tree);
	return rc;
}

static int
sign_in(struct graph_auth *a, struct err *err)
{
	switch (a->login->way) {
	case WAY_TOKEN:
		a->generation++;
		/* How long it lasts, only the service knows. */
		a->renew_at = 1e300;
		return secret_set(&a->token, a->login->secret->text);
	case WAY_DEVICE:
		return a->generation && a->refresh.text
			? get_token(a, fill_refresh, err)
			: sign_in_by_device(a, err);
	default:
		return get_token(a, fill_credentials, err);
	}
}

const char *
graph_auth_token(struct graph_auth *a, struct err *err)
{
	if (progress_clock() >= a->renew_at && sign_in(a, err) < 0)
		return NULL;
	return a->token.text;
}

long
graph_auth_generation(const struct graph_auth *a)
{
	return a->generation;
}

void
graph_auth_works(struct graph_auth *a, long generation)
{
	if (generation == a->generation && a->renew_at > 0)
		a->doubted = false;
}

int
graph_auth_refused(struct graph_auth *a, long generation, const char *text,
                   struct err *err)
{
	/* Of an older token, or another one is already to be got. */
	if (generation != a->generation || a->renew_at <= 0)
		return 0;
	if (a->doubted || a->login->way == WAY_TOKEN)
		return err_auth(err, "%s refuses the token: %s%s",
		                a->login->graph_url, text,
		                a->login->way == WAY_TOKEN
		                ? "; get another one" : "");
	a->doubted = true;
	a->renew_at = 0;
	return 0;
}
