/* The command collect ad: its options. */
#include "base/number.h"
#include "collect/ad/ad.h"

#include <limits.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/buf.h"
#include "base/mem.h"
#include "base/opt.h"
#include "collect/ad/ad_collect.h"
#include "collect/ad/ad_order.h"
#include "collect/ldap/ldap.h"
#include "collect/live/live.h"

enum {
	PAGE_USUAL = 1000, PAGE_MOST = 100000,
	TIMEOUT_USUAL = 150,     /* AD works on a search for 120 at most */
	TIMEOUT_MOST = 86400,
	RETRIES_USUAL = 5, RETRIES_MOST = 1000,
	RATE_MOST = 100000000,
	OPTIONS_MOST = 40,
};

struct ad_options {
	const char *output, *server, *domain, *forest, *base, *filter, *auth,
		*user, *password_file, *ca_file, *since, *password_fd;
	long page_size, timeout, retries, max_rate;
	bool dry_run, resume, compress, force, quiet;
};

static const struct { const char *word; enum ldap_auth auth; } ways[] = {
	{ "gssapi", AUTH_GSSAPI },
	{ "gss-spnego", AUTH_SPNEGO },
	{ "simple", AUTH_SIMPLE },
};

/* What would be ignored is told instead. */
static const struct opt_clash clashes[] = {
	{ "since", "resume", "want one of them" },
	{ "since", "dry-run", "how much changed is not known before it is "
	  "read; leave --since out to see what a full reading takes" },
	{ "resume", "dry-run", "nothing is read that could go on" },
	{ "compress", "dry-run", "nothing is written" },
	{ "forest", "server", "--forest is there to find a server by DNS" },
	{ "domain", "base", "--base is in one domain, and only that is read; "
	  "want --server, or --forest to find one by DNS" },
	{ "password-file", "password-fd", "want one place of the password" },
	{ 0 },
};

enum { WAYS = sizeof(ways) / sizeof(ways[0]) };

static int
find_way(const char *word, enum ldap_auth *auth, struct err *err)
{
	struct buf list = { 0 };

	for (size_t i = 0; i < WAYS; i++) {
		if (strcmp(ways[i].word, word) == 0) {
			*auth = ways[i].auth;
			buf_release(&list);
			return 0;
		}
		buf_add_listed(&list, ways[i].word, i, WAYS);
	}
	err_usage(err, "--auth: want %s, have \"%s\"", buf_text(&list), word);
	buf_release(&list);
	return -1;
}

static int
take_auth(const struct ad_options *o, enum ldap_auth *auth, struct err *err)
{
	*auth = o->user ? AUTH_SIMPLE : AUTH_GSSAPI;
	if (o->auth && find_way(o->auth, auth, err) < 0)
		return -1;
	if (*auth == AUTH_SIMPLE && (!o->user || !*o->user))
		return err_usage(err, "collect ad: --auth simple wants --user");
	if (*auth != AUTH_SIMPLE && o->user)
		return err_usage(err, "collect ad: --user is for --auth "
		                 "simple; Kerberos takes the ticket that "
		                 "kinit got");
	return 0;
}

static int
check_numbers(const struct ad_options *o, struct err *err)
{
	const struct opt_bounds all[] = {
		{ "page-size", o->page_size, 1, PAGE_MOST },
		{ "timeout", o->timeout, 1, TIMEOUT_MOST },
		{ "retries", o->retries, 0, RETRIES_MOST },
		{ "max-rate", o->max_rate, 0, RATE_MOST },
	};

	return opt_check_numbers(all, sizeof(all) / sizeof(all[0]), err);
}

static int
check_together(const struct ad_options *o, struct err *err)
{
	if (!o->output && !o->dry_run)
		return err_usage(err, "collect ad: want -o SNAPSHOT, the "
		                 "folder to write");
	if (!o->server && !o->domain && !o->forest)
		return err_usage(err, "collect ad: want --server, or --forest "
		                 "or --domain to find one by DNS");
	if (o->filter && (o->filter[0] != '(' ||
	                  o->filter[strlen(o->filter) - 1] != ')'))
		return err_usage(err, "--filter: want a filter in "
		                 "parentheses, have \"%s\"", o->filter);
	return check_numbers(o, err);
}

/*
 * Secrets and authorities that this sign-in does not use. Those that come from
 * the environment are there for other runs.
 */
static int
check_used(const struct ad_options *o, const struct opt_args *args,
           enum ldap_auth auth, struct err *err)
{
	static const char *const passwords[] = {
		"password-file", "password-fd",
	};

	if (auth == AUTH_SIMPLE)
		return 0;
	for (size_t i = 0; i < sizeof(passwords) / sizeof(passwords[0]); i++)
		if (opt_given(args, passwords[i]))
			return err_usage(err, "--%s: is for --user; Kerberos "
			                 "takes the ticket that kinit got",
			                 passwords[i]);
	if (opt_given(args, "ca-file") &&
	    !(o->server && strcasestr(o->server, "ldaps://")))
		return err_usage(err, "--ca-file: there is no certificate to "
		                 "check; Kerberos on ldap:// goes without "
		                 "TLS; want ldaps://HOST after --server, or "
		                 "--user");
	return 0;
}

static int
take_order(const struct ad_options *o, struct ad_order *order,
           struct err *err)
{
	*order = (struct ad_order){
		.ad = {
			.servers = o->server, .domains = o->domain,
			.forest = o->forest, .base = o->base,
			.filter = o->filter, .page = o->page_size,
			.retries = o->retries, .rate = o->max_rate,
			.login = { .user = o->user, .ca_file = o->ca_file,
			           .timeout = o->timeout },
		},
		.output = o->output, .since = o->since, .resume = o->resume,
		.mode = o->force ? FOLDER_REPLACE : FOLDER_NEW,
		.packing = o->compress ? SNAPSHOT_PACKED : SNAPSHOT_PLAIN,
		.progress = o->quiet ? PROGRESS_QUIET : PROGRESS_SHOWN,
	};
	if (check_together(o, err) < 0)
		return -1;
	return take_auth(o, &order->ad.login.auth, err);
}

static int
take_password(const struct ad_options *o, struct secret *secret,
              struct err *err)
{
	char *prompt = xasprintf("Password of %s", o->user);
	struct secret_place from = {
		.what = "password", .option = "--password-file",
		.file = o->password_file, .descriptor = -1,
		.variable = "SYNCSCOPE_PASSWORD", .prompt = prompt,
	};
	uint64_t n;
	int rc = 0;

	if (o->password_fd && number_parse(&n, o->password_fd, INT_MAX) == 0)
		from.descriptor = (long)n;
	if (o->password_fd && from.descriptor < 0)
		rc = err_usage(err, "--password-fd: want the number of an open "
		               "file, have \"%s\"", o->password_fd);
	else
		rc = secret_read(secret, &from, err);
	free(prompt);
	return rc;
}

static enum exit_code
run(const struct ad_options *o, const struct opt_args *args, struct err *err)
{
	struct secret secret = { 0 };
	struct ad_order order;
	enum exit_code code;

	if (take_order(o, &order, err) < 0 ||
	    check_used(o, args, order.ad.login.auth, err) < 0)
		return err->code;
	ldap_link_prepare();
	if (order.ad.login.auth == AUTH_SIMPLE &&
	    take_password(o, &secret, err) < 0) {
		secret_release(&secret);
		return err->code;
	}
	order.ad.login.password = &secret;
	code = o->dry_run ? ad_estimate(&order, err)
	                  : ad_collect(&order, err);
	secret_release(&secret);
	return code;
}

/* What to read and where to put it; the number of rows. */
static size_t
add_goals(struct opt *to, struct ad_options *o)
{
	const struct opt rows[] = {
		{ .name = "output", .letter = 'o', .arg = "SNAPSHOT",
		  .help = "The folder to write", .text = &o->output },
		{ .name = "server", .arg = "LIST",
		  .help = "Domain controllers: ldaps://HOST[:PORT], "
		          "ldap://HOST[:PORT] or HOST", .text = &o->server },
		{ .name = "forest", .arg = "NAME",
		  .help = "Find a domain controller of the forest's root "
		          "domain by DNS", .text = &o->forest },
		{ .name = "domain", .arg = "LIST",
		  .help = "Only these domains; without --server or --forest "
		          "DNS finds a domain controller",
		  .text = &o->domain },
		{ .name = "base", .arg = "DN",
		  .help = "Only what is below DN", .text = &o->base },
		{ .name = "filter", .arg = "FILTER",
		  .help = "Only objects that the LDAP filter finds",
		  .text = &o->filter },
		{ .name = "since", .arg = "OLD",
		  .help = "Read only what changed since the snapshot OLD",
		  .text = &o->since },
		{ .name = "resume",
		  .help = "Go on with a SNAPSHOT that is not whole",
		  .flag = &o->resume },
		{ .name = "compress",
		  .help = "Pack the sections with Zstandard: a fifth of the "
		          "size or less", .flag = &o->compress },
		{ .name = "force", .help = "Replace SNAPSHOT if it exists",
		  .flag = &o->force, .typed_only = true },
	};

	memcpy(to, rows, sizeof(rows));
	return sizeof(rows) / sizeof(rows[0]);
}

/* How to sign in, and how gently to read. */
static size_t
add_ways(struct opt *to, struct ad_options *o)
{
	const struct opt rows[] = {
		{ .name = "auth", .arg = "WAY",
		  .help = "Sign in by gssapi (default), gss-spnego, or simple "
		          "(default with --user)", .text = &o->auth },
		{ .name = "user", .letter = 'u', .arg = "NAME",
		  .help = "Sign in with a name, such as audit@corp.example, "
		          "and a password", .text = &o->user },
		{ .name = "password-file", .arg = "FILE",
		  .help = "Read the password from FILE; -: standard input",
		  .text = &o->password_file },
		{ .name = "password-fd", .arg = "N",
		  .help = "Read the password from the open file N",
		  .text = &o->password_fd },
		{ .name = "ca-file", .arg = "FILE",
		  .help = "Authorities to trust, in PEM; default: the "
		          "system's", .text = &o->ca_file },
		{ .name = "page-size", .arg = "N",
		  .help = "Objects in a page; default 1000",
		  .number = &o->page_size },
		{ .name = "timeout", .arg = "SECONDS",
		  .help = "Wait for an answer; default 150",
		  .number = &o->timeout },
		{ .name = "retries", .arg = "N",
		  .help = "Try a section again after a fault; default 5",
		  .number = &o->retries },
		{ .name = "max-rate", .arg = "N",
		  .help = "Objects a second at most; default: no cap",
		  .number = &o->max_rate },
		{ .name = "dry-run",
		  .help = "Only say what would be read, and how much",
		  .flag = &o->dry_run },
		{ .name = "quiet", .letter = 'q',
		  .help = "Do not show progress", .flag = &o->quiet },
	};

	memcpy(to, rows, sizeof(rows));
	return sizeof(rows) / sizeof(rows[0]);
}

enum exit_code
collect_ad(int argc, const char **argv, struct err *err)
{
	struct ad_options o = {
		.page_size = PAGE_USUAL, .timeout = TIMEOUT_USUAL,
		.retries = RETRIES_USUAL,
	};
	struct opt opts[OPTIONS_MOST] = { 0 };
	size_t n = add_goals(opts, &o);
	struct opt_args args;
	enum exit_code code = EXIT_DONE;
	enum opt_outcome got;

	add_ways(opts + n, &o);
	got = opt_parse(argc, argv, opts, "syncscope collect ad|-o SNAPSHOT",
	                &args, err);
	if (got == OPT_RUN && args.count)
		err_usage(err, "collect ad: wants no \"%s\"", args.args[0]);
	else if (got == OPT_RUN)
		opt_exclude(opts, &args, clashes, err);
	if (got == OPT_WRONG || err->text[0])
		code = err->code;
	else if (got == OPT_RUN)
		code = run(&o, &args, err);
	opt_release(&args);
	return code;
}
