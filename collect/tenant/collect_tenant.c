/* The command collect tenant: its options. */
#include "collect/tenant/tenant.h"

#include <string.h>

#include "base/opt.h"
#include "collect/tenant/tenant_collect.h"
#include "collect/tenant/tenant_order.h"
#include "collect/tenant/tenant_sign_in.h"

enum {
	TIMEOUT_USUAL = 40, TIMEOUT_MOST = 3600,
	RETRIES_USUAL = 6, RETRIES_MOST = 100,
	AT_ONCE_USUAL = 16,
	WAIT_USUAL = 600, WAIT_MOST = 86400,
	OPTIONS_MOST = 40,
};

static const struct opt_clash clashes[] = {
	{ "since", "resume", "want one of them" },
	{ "since", "dry-run", "what changed is not known before it is read" },
	{ "resume", "dry-run", "nothing is read that could go on" },
	{ "compress", "dry-run", "nothing is written" },
	{ "delta-links", "dry-run", "nothing is read" },
	{ "cert", "secret-file", "want one way to sign in" },
	{ "cert", "device-code", "want one way to sign in" },
	{ "cert", "token-stdin", "want one way to sign in" },
	{ "secret-file", "device-code", "want one way to sign in" },
	{ "secret-file", "token-stdin", "want one way to sign in" },
	{ "device-code", "token-stdin", "want one way to sign in" },
	{ 0 },
};

struct tenant_options {
	struct sign_in_options in;
	const char *output, *since, *ca_file;
	long page_size, concurrency, timeout, retries, max_wait;
	bool delta_links, beta, dry_run, resume, compress, force, quiet;
};

static int
check_numbers(const struct tenant_options *o, struct err *err)
{
	const struct opt_bounds all[] = {
		{ "page-size", o->page_size, 1, GRAPH_PAGE_MOST },
		{ "concurrency", o->concurrency, 1, HTTP_AT_ONCE },
		{ "timeout", o->timeout, 1, TIMEOUT_MOST },
		{ "retries", o->retries, 0, RETRIES_MOST },
		{ "max-wait", o->max_wait, 0, WAIT_MOST },
	};

	return opt_check_numbers(all, sizeof(all) / sizeof(all[0]), err);
}

static int
check_together(const struct tenant_options *o, struct err *err)
{
	if (!o->output && !o->dry_run)
		return err_usage(err, "collect tenant: want -o SNAPSHOT, the "
		                 "folder to write");
	return check_numbers(o, err);
}

static enum exit_code
run(const struct tenant_options *o, struct err *err)
{
	struct sign_in in = { 0 };
	struct tenant_order order = {
		.http = {
			.ca_file = o->ca_file, .timeout = o->timeout,
			.plain = o->in.allow_http ? HTTP_PLAIN_LOOPBACK
			                          : HTTP_PLAIN_REFUSED,
		},
		.output = o->output, .since = o->since,
		.mode = o->force ? FOLDER_REPLACE : FOLDER_NEW,
		.packing = o->compress ? SNAPSHOT_PACKED : SNAPSHOT_PLAIN,
		.progress = o->quiet ? PROGRESS_QUIET : PROGRESS_SHOWN,
		.sync_version = o->beta ? GRAPH_BETA : GRAPH_V1,
		.page = o->page_size, .at_once = o->concurrency,
		.tries = o->retries + 1, .resume = o->resume,
		.links = o->delta_links || o->since,
	};
	enum exit_code code = EXIT_DONE;

	if (check_together(o, err) == 0 &&
	    sign_in_place(&in, &o->in, err) == 0 &&
	    (o->dry_run || sign_in_secrets(&in, &o->in, err) == 0)) {
		order.login = in.login;
		order.login.tries = o->retries + 1;
		order.login.patience = (double)o->max_wait;
		if (o->dry_run)
			tenant_plan(&order);
		else
			code = tenant_collect(&order, err);
	}
	sign_in_release(&in);
	return err->text[0] ? err->code : code;
}

/* Who asks whom. */
static size_t
add_sign_in(struct opt *to, struct sign_in_options *o)
{
	const struct opt rows[] = {
		{ .name = "tenant", .arg = "ID",
		  .help = "The tenant's id, or a domain of it; else "
		          "AZURE_TENANT_ID", .text = &o->tenant },
		{ .name = "client-id", .arg = "ID",
		  .help = "The application's id; else AZURE_CLIENT_ID",
		  .text = &o->client },
		{ .name = "cert", .arg = "FILE",
		  .help = "Sign in with the certificate in FILE: PEM or "
		          "PKCS#12, with the key; else "
		          "AZURE_CLIENT_CERTIFICATE_PATH",
		  .text = &o->cert },
		{ .name = "key", .arg = "FILE",
		  .help = "The certificate's key, in PEM", .text = &o->key },
		{ .name = "cert-password-file", .arg = "FILE",
		  .help = "Read the key's password from FILE; else "
		          "AZURE_CLIENT_CERTIFICATE_PASSWORD, or it is asked",
		  .text = &o->cert_password_file },
		{ .name = "assertion", .arg = "ALG",
		  .help = "Sign by ps256 (default) or rs256",
		  .text = &o->assertion },
		{ .name = "secret-file", .arg = "FILE",
		  .help = "Read the client secret from FILE; -: standard "
		          "input; else AZURE_CLIENT_SECRET, or it is asked",
		  .text = &o->secret_file },
		{ .name = "device-code",
		  .help = "Sign in as a user, in a browser anywhere, with a "
		          "code", .flag = &o->device_code },
		{ .name = "token-stdin",
		  .help = "Take a token that another tool got",
		  .flag = &o->token_stdin },
		{ .name = "cloud", .arg = "NAME",
		  .help = "global (default), gcch, dod or china",
		  .text = &o->cloud },
		{ .name = "login-url", .arg = "URL",
		  .help = "Where to sign in instead", .text = &o->login_url },
		{ .name = "graph-url", .arg = "URL",
		  .help = "Where Graph is instead", .text = &o->graph_url },
		{ .name = "allow-http",
		  .help = "Let http through to this machine itself, for tests",
		  .flag = &o->allow_http },
	};

	memcpy(to, rows, sizeof(rows));
	return sizeof(rows) / sizeof(rows[0]);
}

/* What to read, how gently, and where to put it. */
static size_t
add_goals(struct opt *to, struct tenant_options *o)
{
	const struct opt rows[] = {
		{ .name = "output", .letter = 'o', .arg = "SNAPSHOT",
		  .help = "The folder to write", .text = &o->output },
		{ .name = "since", .arg = "OLD",
		  .help = "Read only what changed since the snapshot OLD",
		  .text = &o->since },
		{ .name = "delta-links",
		  .help = "Keep the links that a later --since goes by; they "
		          "last for seven days", .flag = &o->delta_links },
		{ .name = "resume",
		  .help = "Go on with a SNAPSHOT that is not whole",
		  .flag = &o->resume },
		{ .name = "beta",
		  .help = "Ask the beta version for the synchronization "
		          "engine's own version", .flag = &o->beta },
		{ .name = "compress",
		  .help = "Pack the sections with Zstandard: a fifth of the "
		          "size or less", .flag = &o->compress },
		{ .name = "force", .help = "Replace SNAPSHOT if it exists",
		  .flag = &o->force, .typed_only = true },
		{ .name = "ca-file", .arg = "FILE",
		  .help = "Authorities to trust, in PEM; default: the "
		          "system's", .text = &o->ca_file },
		{ .name = "page-size", .arg = "N",
		  .help = "Objects in a page; default 999",
		  .number = &o->page_size },
		{ .name = "concurrency", .arg = "N",
		  .help = "Requests at once at most; default 16",
		  .number = &o->concurrency },
		{ .name = "timeout", .arg = "SECONDS",
		  .help = "Wait for a byte; default 40",
		  .number = &o->timeout },
		{ .name = "retries", .arg = "N",
		  .help = "Try a page again after a fault; default 6",
		  .number = &o->retries },
		{ .name = "max-wait", .arg = "SECONDS",
		  .help = "Wait when the service asks to, at most; default "
		          "600", .number = &o->max_wait },
		{ .name = "dry-run",
		  .help = "Only list permissions and requests; connects to "
		          "nothing", .flag = &o->dry_run },
		{ .name = "quiet", .letter = 'q',
		  .help = "Do not show progress", .flag = &o->quiet },
	};

	memcpy(to, rows, sizeof(rows));
	return sizeof(rows) / sizeof(rows[0]);
}

enum exit_code
collect_tenant(int argc, const char **argv, struct err *err)
{
	struct tenant_options o = {
		.page_size = GRAPH_PAGE_MOST, .concurrency = AT_ONCE_USUAL,
		.timeout = TIMEOUT_USUAL, .retries = RETRIES_USUAL,
		.max_wait = WAIT_USUAL,
	};
	struct opt opts[OPTIONS_MOST] = { 0 };
	size_t n = add_sign_in(opts, &o.in);
	struct opt_args args;
	enum exit_code code = EXIT_DONE;
	enum opt_outcome got;

	add_goals(opts + n, &o);
	got = opt_parse(argc, argv, opts, "syncscope collect tenant|"
	                "-o SNAPSHOT", &args, err);
	if (got == OPT_RUN && args.count)
		err_usage(err, "collect tenant: wants no \"%s\"",
		          args.args[0]);
	if (got == OPT_RUN && !err->text[0])
		opt_exclude(opts, &args, clashes, err);
	if (got == OPT_WRONG || err->text[0])
		code = err->code;
	else if (got == OPT_RUN)
		code = run(&o, err);
	opt_release(&args);
	return code;
}
