/* How the user wants to sign in to a tenant. */
#include "collect/tenant/tenant_sign_in.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/buf.h"
#include "base/err.h"
#include "base/mem.h"

/* Microsoft's clouds ("National cloud deployments", Graph's documentation). */
static const struct {
	const char *name, *login, *graph;
} clouds[] = {
	{ "global", "https://login.microsoftonline.com",
	  "https://graph.microsoft.com" },
	{ "gcch", "https://login.microsoftonline.us",
	  "https://graph.microsoft.us" },
	{ "dod", "https://login.microsoftonline.us",
	  "https://dod-graph.microsoft.us" },
	{ "china", "https://login.chinacloudapi.cn",
	  "https://microsoftgraph.chinacloudapi.cn" },
};

enum { CLOUDS = sizeof(clouds) / sizeof(clouds[0]) };

static const char *
from_environment(const char *given, const char *name)
{
	const char *value = getenv(name);

	return given ? given : value && *value ? value : NULL;
}

/* An address without what we add to it, and the slashes at its end. */
static char *
trimmed(const char *url, const char *version)
{
	size_t len = strlen(url), more = strlen(version);

	while (len && url[len - 1] == '/')
		len--;
	if (len > more && memcmp(url + len - more, version, more) == 0)
		len -= more;
	return xstrndup(url, len);
}

static int
refuse_cloud(const char *name, struct err *err)
{
	struct buf list = { 0 };

	for (size_t i = 0; i < CLOUDS; i++)
		buf_add_listed(&list, clouds[i].name, i, CLOUDS);
	err_usage(err, "--cloud: want %s, have \"%s\"", buf_text(&list),
	          name);
	buf_release(&list);
	return -1;
}

static int
take_urls(struct sign_in *s, const struct sign_in_options *o, struct err *err)
{
	enum http_plain plain = o->allow_http ? HTTP_PLAIN_LOOPBACK
	                                      : HTTP_PLAIN_REFUSED;
	size_t i = 0;

	while (o->cloud && i < CLOUDS && strcmp(clouds[i].name, o->cloud) != 0)
		i++;
	if (i == CLOUDS)
		return refuse_cloud(o->cloud, err);
	s->login_url = trimmed(o->login_url ? o->login_url : clouds[i].login,
	                       "");
	s->graph_url = trimmed(o->graph_url ? o->graph_url : clouds[i].graph,
	                       "/v1.0");
	s->login.login_url = s->login_url;
	s->login.graph_url = s->graph_url;
	return http_check_url(s->login_url, "--login-url", plain, err) < 0 ||
	       http_check_url(s->graph_url, "--graph-url", plain, err) < 0
		? -1 : 0;
}

/* What becomes part of an address. */
static int
check_name(const char *text, const char *name, struct err *err)
{
	static const char good[] = "abcdefghijklmnopqrstuvwxyz"
		"ABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789.-_";

	if (!text || (*text && strspn(text, good) == strlen(text)))
		return 0;
	return err_usage(err, "%s: want an id or a domain's name, have \"%s\"",
	                 name, text);
}

/*
 * The way: an option says it, else the environment, of which Azure's own
 * libraries (EnvironmentCredential) take the secret first.
 */
static enum graph_way
way_of(const struct sign_in_options *o)
{
	if (o->token_stdin)
		return WAY_TOKEN;
	if (o->device_code)
		return WAY_DEVICE;
	if (o->cert)
		return WAY_CERTIFICATE;
	if (o->secret_file || from_environment(NULL, "AZURE_CLIENT_SECRET"))
		return WAY_SECRET;
	return from_environment(NULL, "AZURE_CLIENT_CERTIFICATE_PATH")
		? WAY_CERTIFICATE : WAY_SECRET;
}

/* What is for a certificate alone would be ignored. */
static int
check_ways(const struct sign_in *s, const struct sign_in_options *o,
           struct err *err)
{
	const struct { const char *name, *value; } rows[] = {
		{ "--key", o->key }, { "--assertion", o->assertion },
		{ "--cert-password-file", o->cert_password_file },
	};

	for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++)
		if (rows[i].value && s->login.way != WAY_CERTIFICATE)
			return err_usage(err, "%s: want --cert with a "
			                 "certificate", rows[i].name);
	return 0;
}

static int
take_alg(struct sign_in *s, const struct sign_in_options *o, struct err *err)
{
	if (!o->assertion || strcmp(o->assertion, "ps256") == 0)
		s->login.alg = CLIENT_PS256;
	else if (strcmp(o->assertion, "rs256") == 0)
		s->login.alg = CLIENT_RS256;
	else
		return err_usage(err, "--assertion: want ps256 or rs256, have "
		                 "\"%s\"", o->assertion);
	return 0;
}

int
sign_in_place(struct sign_in *s, const struct sign_in_options *o,
              struct err *err)
{
	s->login.tenant = from_environment(o->tenant, "AZURE_TENANT_ID");
	s->login.client = from_environment(o->client, "AZURE_CLIENT_ID");
	s->login.way = way_of(o);
	if (take_urls(s, o, err) < 0 || check_ways(s, o, err) < 0 ||
	    check_name(s->login.tenant, "--tenant", err) < 0 ||
	    check_name(s->login.client, "--client-id", err) < 0)
		return -1;
	return take_alg(s, o, err);
}

static int
take_secret(struct sign_in *s, const char *file, struct err *err)
{
	const struct secret_place from = {
		.what = "client secret", .option = "--secret-file",
		.file = file, .descriptor = -1,
		.variable = "AZURE_CLIENT_SECRET",
		.prompt = "Client secret",
	};

	s->login.secret = &s->secret;
	return secret_read(&s->secret, &from, err);
}

static int
take_token(struct sign_in *s, struct err *err)
{
	const struct secret_place from = {
		.what = "token", .option = "--token-stdin", .file = "-",
		.descriptor = -1,
	};

	s->login.secret = &s->secret;
	if (secret_read(&s->secret, &from, err) < 0)
		return -1;
	if (strpbrk(s->secret.text, " \t\r"))
		return err_usage(err, "--token-stdin: want a token, without "
		                 "spaces");
	return 0;
}

/* A certificate's password is asked for only when one is needed. */
static int
take_certificate(struct sign_in *s, const struct sign_in_options *o,
                 struct err *err)
{
	const char *cert = from_environment(o->cert,
	                                    "AZURE_CLIENT_CERTIFICATE_PATH");
	char *prompt = xasprintf("Password of %s", o->key ? o->key : cert);
	const struct secret_place from = {
		.what = "password", .option = "--cert-password-file",
		.file = o->cert_password_file, .descriptor = -1,
		.variable = "AZURE_CLIENT_CERTIFICATE_PASSWORD",
		.prompt = prompt,
	};
	bool wants = false;
	int rc = 0;

	s->key = client_key_load(cert, o->key, &s->cert_password, &wants, err);
	if (!s->key && wants) {
		*err = (struct err){ 0 };
		rc = secret_read(&s->cert_password, &from, err);
		if (rc == 0)
			s->key = client_key_load(cert, o->key,
			                         &s->cert_password, &wants,
			                         err);
	}
	free(prompt);
	s->login.key = s->key;
	return s->key && rc == 0 ? 0 : -1;
}

int
sign_in_secrets(struct sign_in *s, const struct sign_in_options *o,
                struct err *err)
{
	if (s->login.way == WAY_TOKEN)
		return take_token(s, err);
	if (!s->login.tenant)
		return err_usage(err, "collect tenant: want --tenant (or "
		                 "AZURE_TENANT_ID), its id or a domain of it");
	if (!s->login.client)
		return err_usage(err, "collect tenant: want --client-id (or "
		                 "AZURE_CLIENT_ID), the application's id");
	if (s->login.way == WAY_CERTIFICATE)
		return take_certificate(s, o, err);
	return s->login.way == WAY_SECRET ? take_secret(s, o->secret_file, err)
	                                  : 0;
}

void
sign_in_release(struct sign_in *s)
{
	secret_release(&s->secret);
	secret_release(&s->cert_password);
	client_key_free(s->key);
	free(s->login_url);
	free(s->graph_url);
}
