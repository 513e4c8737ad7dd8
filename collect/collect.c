/* The command collect: where a snapshot can come from. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/command.h"
#include "base/mem.h"
#include "base/opt.h"
#include "collect/ad/ad.h"
#include "collect/import/import.h"
#include "collect/tenant/tenant.h"

struct import_options {
	const char *output, *kind, *collected, *encoding;
	bool all_attributes, empty_is_none, compress, force;
};

static int
check_kind(const char *kind, struct err *err)
{
	char *kinds = import_kinds();
	char *list = xasprintf(", %s,", kinds);
	char *word = xasprintf(", %s,", kind);
	int rc = strstr(list, word) ? 0 :
		err_usage(err, "--as: want one of %s; have \"%s\"", kinds,
		          kind);

	free(word);
	free(list);
	free(kinds);
	return rc;
}

static int
take_settings(const struct import_options *o, const struct opt_args *args,
              struct import_settings *set, struct err *err)
{
	*set = (struct import_settings){
		.files = args->args, .count = args->count, .kind = o->kind,
		.encoding = o->encoding, .output = o->output,
		.mode = o->force ? FOLDER_REPLACE : FOLDER_NEW,
		.collected = WHEN_NONE, .all_attributes = o->all_attributes,
		.empties = o->empty_is_none ? EMPTIES_ARE_NONE
		                            : EMPTIES_JUDGED,
		.packing = o->compress ? SNAPSHOT_PACKED : SNAPSHOT_PLAIN,
	};
	if (!args->count)
		return err_usage(err, "collect import: want at least one "
		                 "file, folder or archive, or - for standard "
		                 "input");
	if (!o->output)
		return err_usage(err, "collect import: want -o SNAPSHOT, the "
		                 "folder to write");
	if (o->collected && when_from_iso(&set->collected, o->collected) < 0)
		return err_usage(err, "--collected: want a time such as "
		                 "2016-02-15T08:00:00Z, have \"%s\"",
		                 o->collected);
	return o->kind ? check_kind(o->kind, err) : 0;
}

static enum exit_code
run_import(int argc, const char **argv, struct err *err)
{
	struct import_options o = { 0 };
	const struct opt opts[] = {
		{ .name = "output", .letter = 'o', .arg = "SNAPSHOT",
		  .help = "The folder to write", .text = &o.output },
		{ .name = "as", .arg = "KIND",
		  .help = "Take the files for ldif, ad-csv, ad-json, "
		          "graph-json, clixml, ldapdomaindump, sharphound, "
		          "azurehound, exchange-csv, exchange-online-csv, "
		          "exchange-json, exchange-online-json, "
		          "exchange-organization-csv, "
		          "exchange-organization-json, exchange-server-csv, "
		          "exchange-server-json or portal-csv",
		  .text = &o.kind },
		{ .name = "collected", .arg = "TIME",
		  .help = "When the data were taken; default: the newest "
		          "file's time", .text = &o.collected },
		{ .name = "encoding", .arg = "NAME",
		  .help = "What files without byte-order mark are written in, "
		          "such as windows-1252", .text = &o.encoding },
		{ .name = "all-attributes",
		  .help = "AD files hold every attribute that is set",
		  .flag = &o.all_attributes },
		{ .name = "empty-is-none",
		  .help = "What is empty for every object was asked for, and "
		          "there is none", .flag = &o.empty_is_none },
		{ .name = "compress",
		  .help = "Pack the sections with Zstandard: a fifth of the "
		          "size or less", .flag = &o.compress },
		{ .name = "force", .help = "Replace SNAPSHOT if it exists",
		  .flag = &o.force, .typed_only = true },
		{ 0 }
	};
	struct import_settings set;
	struct opt_args args;
	enum opt_outcome got = opt_parse(argc, argv, opts,
	                                 "syncscope collect import|"
	                                 "FILE... -o SNAPSHOT", &args, err);
	enum exit_code code = EXIT_DONE;

	if (got == OPT_WRONG ||
	    (got == OPT_RUN && take_settings(&o, &args, &set, err) < 0))
		code = err->code;
	else if (got == OPT_RUN)
		code = import_run(&set, err);
	opt_release(&args);
	return code;
}

static const struct {
	const char *name;
	enum exit_code (*run)(int argc, const char **argv, struct err *err);
	const char *help;
} sources[] = {
	{ "ad", collect_ad, "a live Active Directory, over LDAP" },
	{ "tenant", collect_tenant, "a live tenant, over Microsoft Graph" },
	{ "import", run_import, "from files, folders, archives: LDIF, CSV, "
	  "JSON, CLIXML" },
};

static void
print_help(void)
{
	printf("Usage: syncscope collect SOURCE [OPTION...]\n\nSources:\n");
	for (size_t i = 0; i < sizeof(sources) / sizeof(sources[0]); i++)
		printf("  %-10s %s\n", sources[i].name, sources[i].help);
}

enum exit_code
cmd_collect(int argc, const char **argv, struct err *err)
{
	const char *name = argc > 1 ? argv[1] : "";

	if (strcmp(name, "--help") == 0 || strcmp(name, "-h") == 0) {
		print_help();
		return EXIT_DONE;
	}
	for (size_t i = 0; i < sizeof(sources) / sizeof(sources[0]); i++)
		if (strcmp(sources[i].name, name) == 0)
			return sources[i].run(argc - 1, argv + 1, err);
	err_usage(err, "collect: want a source to collect from (");
	for (size_t i = 0; i < sizeof(sources) / sizeof(sources[0]); i++)
		err_add(err, "%s%s", i ? ", " : "", sources[i].name);
	err_add(err, "), have \"%s\"", name);
	return err->code;
}
