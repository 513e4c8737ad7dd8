/*
 * The command policy: drafts a policy from what snapshots say, and says beside
 * it what only people can decide.
 */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>
#include <unistd.h>

#include "analyze/draft/places.h"
#include "analyze/draft/suffixes.h"
#include "analyze/load/load.h"
#include "analyze/model/model.h"
#include "analyze/policy/policy.h"
#include "base/buf.h"
#include "base/command.h"
#include "base/crew.h"
#include "base/file.h"
#include "base/json.h"
#include "base/list.h"
#include "base/mem.h"
#include "base/opt.h"
#include "base/term.h"
#include "base/utf8.h"

enum { PLACES_SHOWN = 60, SUFFIXES_SHOWN = 12 };

struct policy_draft {
	const char *output;
	bool force;
	struct snapshot **snapshots;
	size_t count;
	struct policy policy;            /* which says nothing */
	struct model model;
	struct places places;
	struct suffixes suffixes;
	uint64_t synced;                 /* objects of AD */
	bool engines[ENGINE_CLOUD_SYNC + 1];     /* of which there are signs */
};

/* ---- what the snapshots say ---- */

/*
 * The accounts that an engine makes for itself ("Microsoft Entra Connect:
 * Accounts and permissions"; "What is Microsoft Entra Cloud Sync?").
 */
static const struct {
	const char *prefix;
	enum side side;
	enum engine engine;
} signs[] = {
	{ "MSOL_", SIDE_AD, ENGINE_CONNECT },
	{ "Sync_", SIDE_TENANT, ENGINE_CONNECT },
	{ "ADToAADSyncServiceAccount", SIDE_TENANT, ENGINE_CLOUD_SYNC },
};

static void
take_sign(struct policy_draft *d, const struct object *o)
{
	const char *name = o->side == SIDE_AD ? o->sam : o->upn;

	for (size_t i = 0; name && i < sizeof(signs) / sizeof(signs[0]); i++)
		if (signs[i].side == o->side &&
		    strncasecmp(name, signs[i].prefix,
		                strlen(signs[i].prefix)) == 0)
			d->engines[signs[i].engine] = true;
}

static void
take_suffix(struct policy_draft *d, const struct object *o)
{
	const char *at = o->upn ? strrchr(o->upn, '@') : NULL;

	if (at && at[1])
		suffixes_take(&d->suffixes, at + 1);
}

static void
take_object(struct policy_draft *d, const struct object *o)
{
	enum tristate synced = o->links.account ? o->links.account->synced
	                                        : UNKNOWN;

	take_sign(d, o);
	if (o->side != SIDE_AD || o->scope.state != SCOPE_IN)
		return;
	if (o->kind == KIND_USER)
		take_suffix(d, o);
	d->synced += synced == YES;
	places_take(&d->places, o, synced);
}

static int
take_section(struct policy_draft *d, enum section s, struct err *err)
{
	const struct table *t = &d->model.tables[s];
	struct fetch *f = fetch_new(&d->model);
	struct arena scratch = { 0 };
	int rc = 0;

	for (uint32_t i = 0; i < t->count && rc == 0; i++) {
		struct object o;

		if (t->rows[i].merged)
			continue;
		rc = fetch_object(f, s, i, &scratch, &o, err);
		if (rc == 0 && o.side == SIDE_AD)
			model_links(&d->model, &t->rows[i], s, &o.links);
		if (rc == 0)
			take_object(d, &o);
		arena_clear(&scratch);
	}
	arena_release(&scratch);
	fetch_free(f);
	return rc;
}

/* No rule looks at anything. */
static unsigned
open_nothing(struct screen *s, const struct model *m)
{
	(void)s;
	(void)m;
	return 0;
}

static bool
suspects_nothing(struct screen *s, unsigned lane, const struct object *o)
{
	(void)s;
	(void)lane;
	(void)o;
	return false;
}

static void
close_nothing(struct screen *s)
{
	(void)s;
}

static int
load(struct policy_draft *d, struct err *err)
{
	static const enum section sections[] = {
		AD_USERS, AD_GROUPS, AD_CONTACTS, TENANT_USERS,
	};
	struct screen blind = { open_nothing, suspects_nothing,
	                        close_nothing };
	const struct model_plan plan = {
		.policy = &d->policy,
		.tenant_advice = "give those of one tenant, and draft a policy "
		                 "for each",
		.as_of = WHEN_NONE,
		.jobs = crew_default_jobs(), .screen = &blind,
	};
	int rc = model_load(&d->model, d->snapshots, d->count, &plan, err);

	for (size_t i = 0; i < sizeof(sections) / sizeof(sections[0]) &&
	     rc == 0; i++)
		rc = take_section(d, sections[i], err);
	places_draft(&d->places);
	return rc;
}

/* ---- the policy ---- */

static void
add_tenant(const struct policy_draft *d, struct json *policy)
{
	const struct model *m = &d->model;
	struct json *tenant = json_add_object(policy, "tenant"), *list;

	if (m->initial_domain)
		json_add_text(tenant, "initialDomain", m->initial_domain);
	else
		json_add_null(tenant, "initialDomain");
	if (!m->domains_known) {
		json_add_null(tenant, "verifiedDomains");
		return;
	}
	list = json_add_array(tenant, "verifiedDomains");
	if (m->default_domain)
		json_add_text(list, NULL, m->default_domain);
	for (size_t i = 0; i < m->verified_count; i++)
		if (!m->default_domain ||
		    strcmp(m->verified_domains[i], m->default_domain) != 0)
			json_add_text(list, NULL, m->verified_domains[i]);
}

static void
add_places(const struct policy_draft *d, struct json *scope, const char *key,
           enum place_fate fate)
{
	struct json *list = json_add_array(scope, key);

	for (size_t i = 0; i < d->places.count; i++)
		if (d->places.items[i].fate == fate)
			json_add_text(list, NULL, d->places.items[i].dn);
}

static void
add_scope(const struct policy_draft *d, struct json *policy)
{
	struct json *scope = json_add_object(policy, "scope");

	if (d->synced) {
		add_places(d, scope, "include", PLACE_INCLUDED);
		add_places(d, scope, "exclude", PLACE_EXCLUDED);
	} else {
		json_add_null(scope, "include");
		json_add_null(scope, "exclude");
	}
	json_add_null(scope, "group");
}

/* The engine of which there are signs, if it is one alone. */
static const char *
engine_of(const struct policy_draft *d)
{
	bool connect = d->engines[ENGINE_CONNECT];
	bool cloud = d->engines[ENGINE_CLOUD_SYNC];

	return connect == cloud ? NULL : connect ? "connect" : "cloud-sync";
}

/* Then the server has a way to join the objects of one person. */
static bool
has_several_forests(const struct policy_draft *d)
{
	return d->model.domains.forest_count > 1;
}

static void
add_sync(const struct policy_draft *d, struct json *policy)
{
	static const char *const open[] = {
		"version", "upgraded", "anchor", "signInName",
	};
	struct json *sync = json_add_object(policy, "sync");

	if (engine_of(d))
		json_add_text(sync, "engine", engine_of(d));
	else
		json_add_null(sync, "engine");
	for (size_t i = 0; i < sizeof(open) / sizeof(open[0]); i++)
		json_add_null(sync, open[i]);
	if (has_several_forests(d))
		json_add_null(sync, "join");
}

/* Nothing of it is in a snapshot; without Exchange nobody asks for it. */
static void
add_exchange(struct json *policy)
{
	static const char *const open[] = {
		"relay", "mailRouting", "recipientAuditing", "running",
	};
	struct json *exchange = json_add_object(policy, "exchange");

	for (size_t i = 0; i < sizeof(open) / sizeof(open[0]); i++)
		json_add_null(exchange, open[i]);
}

static void
put_policy(const struct policy_draft *d, struct buf *out)
{
	struct json *policy = json_new_object(), *licensing;

	add_tenant(d, policy);
	add_scope(d, policy);
	add_sync(d, policy);
	licensing = json_add_object(policy, "licensing");
	json_add_null(licensing, "exchangeOnline");
	add_exchange(policy);
	json_put_pretty(out, policy);
	json_free(policy);
}

/* ---- what to decide ---- */

static void
tell_place(const struct scope_place *p, FILE *to)
{
	static const char marks[] = {
		[PLACE_OPEN] = ' ', [PLACE_MIXED] = '?',
		[PLACE_INCLUDED] = '+',
		[PLACE_WITHIN] = ' ', [PLACE_EXCLUDED] = '-',
		[PLACE_WITHOUT] = ' ',
	};

	fprintf(to, "  %c%7llu %7llu %8llu %7llu  %s\n", marks[p->fate],
	        (unsigned long long)p->own[KIND_USER],
	        (unsigned long long)p->own[KIND_GROUP],
	        (unsigned long long)p->own[KIND_CONTACT],
	        (unsigned long long)p->own_synced, term_text(p->dn));
}

static void
tell_places(const struct policy_draft *d, FILE *to)
{
	size_t shown = 0, left = 0;

	fprintf(to, "Where objects lie that synchronization can take (+ "
	        "included, - excluded in the draft,\n? neither, though some "
	        "are synchronized):\n"
	        "     users  groups contacts  synced\n");
	for (size_t i = 0; i < d->places.count; i++) {
		const struct scope_place *p = &d->places.items[i];
		bool is_named = p->fate == PLACE_INCLUDED ||
		                p->fate == PLACE_EXCLUDED;

		if (!is_named && !p->own[KIND_USER] && !p->own[KIND_GROUP] &&
		    !p->own[KIND_CONTACT])
			continue;
		if (shown++ < PLACES_SHOWN)
			tell_place(p, to);
		else
			left++;
	}
	if (left)
		fprintf(to, "   and %zu more\n", left);
}

static void
tell_suffixes(struct policy_draft *d, FILE *to)
{
	const struct suffixes *all = &d->suffixes;

	suffixes_sort(&d->suffixes);
	fprintf(to, "    sign-in names end in");
	for (size_t i = 0; i < all->count && i < SUFFIXES_SHOWN; i++)
		fprintf(to, "%s %s (%llu%s)", i ? "," : "",
		        term_text(all->items[i].domain),
		        (unsigned long long)all->items[i].users,
		        model_is_verified(&d->model, all->items[i].domain)
		        ? ", verified" : "");
	if (all->count > SUFFIXES_SHOWN)
		fprintf(to, " and %zu more", all->count - SUFFIXES_SHOWN);
	fprintf(to, "%s\n", all->count ? "" : " nothing: there are none");
}

static void
tell(struct policy_draft *d, FILE *to)
{
	tell_places(d, to);
	fprintf(to, "\nTo decide:\n  tenant: %s\n", d->model.domains_known
	        ? "its domains are those of the snapshot; add those that are "
	        "to be verified before the migration"
	        : "the snapshots do not say its domains: give the initial and "
	        "the verified ones");
	tell_suffixes(d, to);
	fprintf(to, "  scope: %s\n", d->synced
	        ? "the highest containers of whose objects the tenant "
	        "synchronizes most today, without those in them that have "
	        "none; say what is to be in scope, or take it from the sync "
	        "server's export (analyze --scope)"
	        : "nothing of AD is known to be synchronized: say which "
	        "containers are to be in scope, or else all are");
	fprintf(to, "  sync.engine: %s\n", engine_of(d)
	        ? "shown by the engine's own account"
	        : d->engines[ENGINE_CONNECT]
	        ? "there are accounts of Connect and of Cloud Sync: say which "
	        "of them synchronizes"
	        : "nothing shows it: connect or cloud-sync");
	fprintf(to, "  sync.version, sync.upgraded: the engine's build, and "
	        "since when; defects of old ones depend on it\n  sync.anchor, "
	        "sync.signInName: only where they are not "
	        "mS-DS-ConsistencyGuid and userPrincipalName\n");
	if (has_several_forests(d))
		fprintf(to, "  sync.join: how Connect joins people of several "
		        "forests: once, mail, sid, name or an attribute\n");
	fprintf(to, "  licensing.exchangeOnline: all, none, or tenant (who has "
	        "a plan there)\n  exchange: whether an Exchange server on "
	        "premises can go depends on what only people know:\n    relay: "
	        "whether programs or devices send mail through it\n    "
	        "mailRouting: whether MX and Autodiscover lead to the cloud or "
	        "are on-premises\n    recipientAuditing: whether its admin "
	        "center, its roles or a log of changes is needed\n    running: "
	        "false if all servers are shut down, and only the management "
	        "tools are in use\n");
}

/* ---- the command ---- */

static int
write_policy(struct policy_draft *d, const struct buf *text, struct err *err)
{
	struct outfile *out;

	if (!d->output) {
		fputs(buf_text(text), stdout);
		return 0;
	}
	if (!d->force && access(d->output, F_OK) == 0)
		return err_usage(err, "%s: exists already; --force replaces "
		                 "it", d->output);
	out = outfile_open(d->output, OUTFILE_SAFE, err);
	if (!out)
		return -1;
	outfile_add(out, text->data, text->len);
	return outfile_commit(out, NULL, err);
}

static int
run(struct policy_draft *d, const struct opt_args *args, struct err *err)
{
	struct buf text = { 0 };
	int rc = 0;

	if (!args->count)
		return err_usage(err, "policy init: want at least one snapshot "
		                 "folder");
	d->snapshots = xcalloc(args->count, sizeof(*d->snapshots));
	if (snapshots_open(args->args, args->count, d->snapshots, &d->count,
	                   err) < 0)
		return -1;
	rc = load(d, err);
	if (rc == 0) {
		put_policy(d, &text);
		rc = write_policy(d, &text, err);
	}
	/* What goes into a pipe is the policy alone. */
	if (rc == 0)
		tell(d, d->output ? stdout : stderr);
	buf_release(&text);
	return rc;
}

static void
release(struct policy_draft *d)
{
	model_release(&d->model);
	for (size_t i = 0; i < d->count; i++)
		snapshot_close(d->snapshots[i]);
	free(d->snapshots);
	suffixes_release(&d->suffixes);
	places_release(&d->places);
	policy_release(&d->policy);
}

static enum exit_code
policy_init_command(int argc, const char **argv, struct err *err)
{
	struct policy_draft d = { 0 };
	const struct opt opts[] = {
		{ .name = "output", .letter = 'o', .arg = "FILE",
		  .help = "The file to write; default: standard output",
		  .text = &d.output },
		{ .name = "force", .help = "Replace FILE if it exists",
		  .flag = &d.force, .typed_only = true },
		{ 0 }
	};
	struct opt_args args;
	enum opt_outcome got = opt_parse(argc, argv, opts,
	                                 "syncscope policy init|SNAPSHOT...",
	                                 &args, err);
	int rc = got == OPT_WRONG ? -1 : 0;

	policy_init(&d.policy);
	if (got == OPT_RUN)
		rc = run(&d, &args, err);
	release(&d);
	opt_release(&args);
	return rc < 0 ? err->code : EXIT_DONE;
}

enum exit_code
cmd_policy(int argc, const char **argv, struct err *err)
{
	const char *name = argc > 1 ? argv[1] : "";

	if (strcmp(name, "--help") == 0 || strcmp(name, "-h") == 0) {
		printf("Usage: syncscope policy init SNAPSHOT... [OPTION...]\n"
		       "\nDrafts a policy from what snapshots say, and tells "
		       "what to decide.\n");
		return EXIT_DONE;
	}
	if (strcmp(name, "init") == 0)
		return policy_init_command(argc - 1, argv + 1, err);
	err_usage(err, "policy: want init, have \"%s\"", name);
	return err->code;
}
